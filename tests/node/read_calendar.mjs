// Reads an iCalendar file with ical.js, Thunderbird's own parser, and says in one line of JSON what it found.
//
//   node read_calendar.mjs FILE
import { readFileSync } from "node:fs";
import ICAL from "ical.js";

const bytes = readFileSync(process.argv[2]);
const text = bytes.toString("utf8");
const lines = text.split("\r\n");
const calendar = new ICAL.Component(ICAL.parse(text));
const value = (component, name) => component.getFirstPropertyValue(name)?.toString() ?? null;

const events = calendar.getAllSubcomponents("vevent").map((component) => {
  const event = new ICAL.Event(component);
  return {
    uid: event.uid,
    summary: event.summary,
    description: event.description,
    start: event.startDate.toString(),
    end: event.endDate.toString(),
    all_day: event.startDate.isDate && event.endDate.isDate,
    days: event.duration.toSeconds() / 86400,
    sequence: event.sequence,
    stamp: value(component, "dtstamp"),
    last_modified: value(component, "last-modified"),
    transp: value(component, "transp"),
    class: value(component, "class"),
    url: value(component, "url"),
    categories: component.getAllProperties("categories").flatMap((property) => property.getValues()),
    alarms: component.getAllSubcomponents("valarm").map((alarm) => {
      const at = event.startDate.clone();
      at.isDate = false;
      at.addDuration(alarm.getFirstPropertyValue("trigger"));
      return { action: value(alarm, "action"), at: at.toString(), description: value(alarm, "description") };
    }),
  };
});

console.log(
  JSON.stringify({
    longest_line: Math.max(...lines.map((line) => Buffer.byteLength(line))),
    // A fold inside a character would leave a replacement character in one of the two lines.
    cut_characters: Buffer.compare(Buffer.from(text, "utf8"), bytes) !== 0 || lines.some((line) => line.includes("\uFFFD")),
    bare_line_feeds: text.replaceAll("\r\n", "").includes("\n"),
    version: value(calendar, "version"),
    method: value(calendar, "method"),
    name: value(calendar, "name"),
    calname: value(calendar, "x-wr-calname"),
    refresh: value(calendar, "refresh-interval"),
    refresh_type: calendar.getFirstProperty("refresh-interval")?.type ?? null,
    ttl: value(calendar, "x-published-ttl"),
    events,
  }),
);
