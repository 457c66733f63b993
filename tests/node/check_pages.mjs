// Holds pages against axe-core in a real Chromium, wide, narrow and on paper, and against html-validate.
// For each file a line of JSON with what is violated; ends with 1 when anything is.
//
//   node check_pages.mjs FILE.html…
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL, fileURLToPath } from "node:url";
import { HtmlValidate } from "html-validate";
import { chromium } from "playwright-core";

const axe = readFileSync(fileURLToPath(import.meta.resolve("axe-core/axe.min.js")), "utf8");
const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";
const sizes = [
  { width: 1280, height: 900 },
  { width: 320, height: 640 },
];
const validator = new HtmlValidate({
  extends: ["html-validate:recommended", "html-validate:document"],
  rules: {
    // Matters of taste, and of a server's configuration: the page is one file with its style in it.
    "no-inline-style": "off",
    "no-trailing-whitespace": "off",
    "require-sri": "off",
    "long-title": "off",
    "void-style": "off",
    "doctype-style": "off",
    "attribute-boolean-style": "off",
    "attribute-empty-style": "off",
    // A region that scrolls is no section of the report.
    "prefer-native-element": "off",
  },
});

let failed = false;

const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
// Of the test, not of the page: it forbids scripts, and axe is one.
const context = await browser.newContext({ bypassCSP: true });
for (const file of process.argv.slice(2)) {
  const violations = [];
  const say = (words) => violations.push(words);
  const report = await validator.validateFile(file);
  for (const result of report.results) {
    for (const { ruleId, message, line, column } of result.messages) say(`${line}:${column} ${ruleId}: ${message}`);
  }
  const page = await context.newPage();
  const asked = [];
  page.on("request", (request) => asked.push(request.url()));
  page.on("console", (message) => say(`console: ${message.text()}`));
  const address = pathToFileURL(resolve(file)).href;
  await page.goto(address);
  for (const url of asked.filter((each) => each !== address && !each.startsWith("data:"))) say(`asks for ${url}`);
  await page.evaluate(axe);
  for (const media of ["screen", "print"]) {
    await page.emulateMedia({ media });
    for (const size of sizes) {
      if (media === "print" && size !== sizes[0]) continue;
      await page.setViewportSize(size);
      const found = await page.evaluate(() => axe.run(document, { resultTypes: ["violations"] }));
      for (const { id, help, nodes } of found.violations) {
        say(`${media} ${size.width}: ${id}: ${help}: ${nodes.slice(0, 3).map((node) => node.target).join(" ")}`);
      }
      if (found.passes.length < 20) say(`only ${found.passes.length} of axe's rules had something to hold`);
      // At a width of 320 nothing but what is meant to scroll goes over the side.
      const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      if (media === "screen" && over > 1) say(`${size.width}: goes ${over} px over the side`);
    }
  }
  await page.close();
  failed ||= violations.length > 0;
  console.log(JSON.stringify({ file, violations }));
}
await browser.close();
if (failed) process.exit(1);
