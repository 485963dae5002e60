// Files for other programs: calendars, the feed of updates, the data with its schemas. No browser is needed.

import { strict as assert } from "node:assert";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { Ajv2020 } from "ajv/dist/2020.js";

import { allFiles } from "./support/pages.mjs";
import { site } from "./support/settings.mjs";

const text = (file) => readFileSync(join(site, file), "utf8");
const files = allFiles();

describe("calendars", () => {
  const calendars = files.filter((file) => file.endsWith(".ics"));
  const events = (file) => {
    const whole = text(file).replace(/\r\n /g, "");
    assert.ok(whole.startsWith("BEGIN:VCALENDAR\r\n") && whole.endsWith("END:VCALENDAR\r\n"), file);
    return whole.split("BEGIN:VEVENT\r\n").slice(1).map((event) => Object.fromEntries(
      event.split("END:VEVENT")[0].trim().split("\r\n").map((line) => line.split(/:(.*)/s).slice(0, 2)),
    ));
  };

  it("one for all provinces and one for each, which together have the same events", () => {
    assert.ok(calendars.includes("calendar/windows.ics") && calendars.length > 2);
    const uids = (list) => list.map((event) => event.UID).sort();
    const each = calendars.filter((file) => file !== "calendar/windows.ics").flatMap(events);
    assert.deepEqual(uids(each), uids(events("calendar/windows.ics")));
    assert.equal(new Set(uids(each)).size, each.length);
  });

  it("events have days as in the data, the end on the day after", () => {
    const compact = (day) => day.replaceAll("-", "");
    const next = (day) => new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10);
    const found = events("calendar/windows.ics").map((event) => `${event["DTSTART;VALUE=DATE"]} ${event["DTEND;VALUE=DATE"]}`);
    const windows = JSON.parse(text("data/windows.json")).items.filter((window) => !window.archived);
    const wanted = windows.map(({ opens, closes }) => `${compact(opens ?? closes)} ${compact(next(closes ?? opens))}`);
    assert.deepEqual(found.sort(), wanted.sort());
  });

  it("no line is longer than 75 octets", () => {
    for (const file of calendars) {
      for (const line of text(file).split("\r\n")) assert.ok(Buffer.byteLength(line) <= 75, `${file}: ${line}`);
    }
  });
});

describe("the feed of updates", () => {
  it("has an entry for every update of the page, newest first", () => {
    const feed = text("updates/feed.xml");
    const page = text("updates/index.html");
    const ids = [...feed.matchAll(/<entry>\s*<id>[^<]*[#:]([^<#:]+)<\/id>/g)].map((match) => match[1]);
    assert.deepEqual(ids, [...page.matchAll(/<li id="([^"]+)"/g)].map((match) => match[1]));
    const days = [...feed.matchAll(/<updated>(\d{4}-\d\d-\d\d)T00:00:00\+08:00<\/updated>/g)].map((match) => match[1]);
    assert.equal(days.length, ids.length + 1);
    assert.deepEqual(days, [...days].sort().reverse());
    assert.ok(text("index.html").includes('type="application/atom+xml"'), "pages name the feed");
  });
});

describe("data files", () => {
  const data = files.filter((file) => /^data\/[^.]+\.json$/.test(file));
  for (const file of data) {
    it(`${file} is as its schema says`, () => {
      const schema = JSON.parse(text(file.replace(".json", ".schema.json")));
      const validate = new Ajv2020({ allErrors: true }).compile(schema);
      const value = JSON.parse(text(file));
      assert.ok(validate(value), JSON.stringify(validate.errors?.slice(0, 5)));
      assert.ok(value.items.length > 0);
      assert.equal(validate({ ...value, items: [{ ...value.items[0], surplus: 1 }] }), false, "the schema refuses what is not in it");
    });
  }
  it("there are nine of them", () => assert.equal(data.length, 9));
});
