// Receives webhooks over HTTPS and checks them as Standard Webhooks 1.0 says, with Node's own crypto.
//
//   node webhook_receiver.mjs CERTIFICATE KEY PORT
//
// Says {"port": N} when it listens (0: any free one), then one line of JSON for each request. Takes lines on
// stdin: {"secret": "whsec_..."} to verify with, {"now": SECONDS} as its own clock, {"answers": [500, 200]}
// for the next requests (200 after them).
import { createHmac, timingSafeEqual } from "node:crypto";
import { readFileSync } from "node:fs";
import { createServer } from "node:https";
import { createInterface } from "node:readline";

const [certificate, key, port] = process.argv.slice(2);
let secret = "";
let now = 0;
let answers = [];
createInterface({ input: process.stdin })
  .on("line", (line) => {
    const said = JSON.parse(line);
    secret = said.secret ?? secret;
    now = said.now ?? now;
    answers = said.answers ?? answers;
    console.log(JSON.stringify({ heard: true }));
  })
  .on("close", () => process.exit(0));

function verified(headers, body) {
  const id = headers["webhook-id"];
  const timestamp = headers["webhook-timestamp"];
  if (!id || !timestamp || Math.abs(now - Number(timestamp)) > 300) return 0;
  const expected = createHmac("sha256", Buffer.from(secret.slice("whsec_".length), "base64"))
    .update(`${id}.${timestamp}.${body}`)
    .digest();
  return headers["webhook-signature"].split(" ").filter((one) => {
    const [version, signature] = one.split(",");
    const given = Buffer.from(signature, "base64");
    return version === "v1" && given.length === expected.length && timingSafeEqual(given, expected);
  }).length;
}

const server = createServer({ cert: readFileSync(certificate), key: readFileSync(key) }, (request, response) => {
  const chunks = [];
  request.on("data", (chunk) => chunks.push(chunk));
  request.on("end", () => {
    const body = Buffer.concat(chunks).toString("utf8");
    const status = answers.shift() ?? 200;
    console.log(
      JSON.stringify({
        method: request.method,
        path: request.url,
        type: request.headers["content-type"],
        id: request.headers["webhook-id"],
        signatures: (request.headers["webhook-signature"] ?? "").split(" ").length,
        verified: verified(request.headers, body),
        status,
        event: JSON.parse(body),
      }),
    );
    if (status >= 300 && status < 400) response.setHeader("Location", "/elsewhere");
    response.writeHead(status).end();
  });
});
server.listen(Number(port), "127.0.0.1", () => console.log(JSON.stringify({ port: server.address().port })));
