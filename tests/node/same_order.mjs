// Whether a PDF is read in the order of the page it was printed from: every heading, caption, paragraph, item
// and cell of the page follows the one before it in the text of the PDF's structure.
//
//   pdfinfo -struct-text FILE.pdf | node same_order.mjs PAGE.html
import { readFileSync } from "node:fs";

const named = { amp: "&", lt: "<", gt: ">", quot: '"' };
const plain = (words) =>
  words.replace(/&(#?\w+);/g, (_, name) => named[name] ?? String.fromCodePoint(Number(name.replace(/^#/, "").replace(/^x/, "0x"))));
// The end of a line in the PDF is no blank; a soft hyphen is no letter.
const dense = (words) => words.normalize("NFC").replace(/[\s\u00AD]/gu, "");

const structure = readFileSync(0, "utf8");
let read = dense([...structure.matchAll(/^\s*"(.*)"\s*$/gmu)].map((line) => line[1]).join(""));
const body = readFileSync(process.argv[2], "utf8")
  .replace(/^[\s\S]*<body>/u, "")
  .replace(/<svg[\s\S]*?<\/svg>/gu, "")
  .replace(/<a class="skip"[\s\S]*?<\/a>/gu, "")
  .replace(/<span class="spoken">[\s\S]*?<\/span>/gu, "");
// Behind a no-break space poppler loses the rest of a piece: the browser marks that blank on its own.
const pieces = [...body.matchAll(/<(h[1-6]|caption|figcaption|p|li|th|td|dt|dd)\b[^>]*>([\s\S]*?)<\/\1>/gu)]
  .map((match) => dense(plain(match[2].replace(/<[^>]*>/gu, "")).trim().split("\u00A0")[0]))
  .filter((piece) => piece !== "");

let place = 0;
let last = "the beginning";
for (const piece of pieces) {
  const found = read.indexOf(piece, place);
  // A table goes on over a page; nothing else stands between two pieces but marks of lists and drawings.
  if (found < 0 || found - place > 4000) {
    console.log(`"${piece}" does not follow "${last}"`);
    process.exit(1);
  }
  place = found + piece.length;
  last = piece;
}
console.log(`${pieces.length} pieces in order`);
if (pieces.length < 20) process.exit(1);
