// Print the events of the calendar on stdin as JSON, read by ical.js from the folder named.
const { readFileSync } = require("node:fs");
const { join } = require("node:path");

const loaded = require(join(process.argv[2], "ical.js"));
const ICAL = loaded.default ?? loaded;

function readEvent(event) {
  const value = (name) => event.getFirstPropertyValue(name);
  const moment = (name) => value(name)?.toString() ?? null;
  const alarms = event.getAllSubcomponents("valarm");
  return {
    uid: value("uid"),
    start: moment("dtstart"),
    end: moment("dtend"),
    summary: value("summary"),
    description: value("description") ?? "",
    location: value("location") ?? "",
    triggers: alarms.map((alarm) => alarm.getFirstPropertyValue("trigger").toSeconds()),
    transp: value("transp") ?? "OPAQUE",
    klass: value("class") ?? "PUBLIC",
    sequence: value("sequence") ?? 0,
    status: value("status") ?? "",
  };
}

const calendar = new ICAL.Component(ICAL.parse(readFileSync(0, "utf8")));
console.log(JSON.stringify(calendar.getAllSubcomponents("vevent").map(readEvent)));
