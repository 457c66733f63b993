// A mail server that fails on order: SMTP with STARTTLS and a login by Nodemailer's smtp-server; what it is
// sent is read by postal-mime.
//
//   node mail_server.mjs CERTIFICATE KEY HOST PORT [plain]
//
// Says {"port": N} when it listens (0: any free one), then one line of JSON for each message that was begun:
// outcome accepted, an SMTP code, or unanswered. "plain" offers no STARTTLS. Takes lines on stdin:
// {"next": [...]} says how the next messages end, one word each (accept after them):
//   450, 550 ...          refuses the recipient        data-451, data-554  refuses the whole message
//   die-at-data           dies when told DATA          die-in-data         dies at the message's first bytes
//   die-after-data        has all of it and dies before it answers
//   say-nothing           has all of it and lives on without a word
// {"sync": N} is said back: everything before it has been said.
import { readFileSync, writeSync } from "node:fs";
import { createInterface } from "node:readline";
import PostalMime from "postal-mime";
import { SMTPServer } from "smtp-server";
import { SMTPConnection } from "smtp-server/lib/smtp-connection.js";

const [certificate, key, host, port, plain] = process.argv.slice(2);
let next = [];
// At once, so that a line is out before a death.
const say = (line) => writeSync(1, JSON.stringify(line) + "\n");
const die = () => process.exit(0);

createInterface({ input: process.stdin })
  .on("line", (line) => {
    const said = JSON.parse(line);
    next = said.next ?? next;
    if (said.sync) say(said);
  })
  .on("close", die);

function refusal(code) {
  return Object.assign(new Error("as the test wants it"), { responseCode: Number(code) });
}
async function report(session, raw, outcome) {
  const mail = raw ? await PostalMime.parse(raw) : {};
  say({
    outcome,
    secure: session.secure,
    user: session.user ?? "",
    from: session.envelope.mailFrom.address,
    to: session.envelope.rcptTo.map((one) => one.address),
    raw: raw?.toString("latin1") ?? "",
    message_id: mail.messageId ?? "",
    subject: mail.subject ?? "",
    text: mail.text ?? "",
    headers: Object.fromEntries((mail.headers ?? []).map((one) => [one.key, one.value])),
  });
}

const server = new SMTPServer({
  cert: readFileSync(certificate),
  key: readFileSync(key),
  authOptional: true,
  disableReverseLookup: true,
  disabledCommands: plain ? ["STARTTLS", "AUTH"] : [],
  onAuth(given, session, done) {
    if (given.password !== "a good word") return done(refusal(535));
    done(null, { user: given.username });
  },
  onRcptTo(address, session, done) {
    session.ending = next.shift() ?? "accept";
    if (/^[45]/.test(session.ending)) {
      session.envelope.rcptTo = [address];
      report(session, null, session.ending).then(() => done(refusal(session.ending)));
    } else {
      done();
    }
  },
  onData(stream, session, done) {
    const pieces = [];
    stream.on("data", (piece) => {
      if (session.ending === "die-in-data") die();
      pieces.push(piece);
    });
    stream.on("end", async () => {
      const raw = Buffer.concat(pieces);
      const code = /^data-(\d+)$/.exec(session.ending)?.[1];
      const dying = session.ending === "die-after-data";
      const silent = session.ending === "say-nothing";
      await report(session, raw, dying || silent ? "unanswered" : code ?? "accepted");
      if (dying) die();
      if (silent) return;
      done(code ? refusal(code) : null);
    });
  },
});
server.on("error", () => {});
// The library has no hook between the recipient and the data.
const handle = SMTPConnection.prototype.handler_DATA;
SMTPConnection.prototype.handler_DATA = function (...given) {
  if (this.session.ending === "die-at-data") die();
  return handle.apply(this, given);
};
server.listen(Number(port), host, () => say({ port: server.server.address().port }));
