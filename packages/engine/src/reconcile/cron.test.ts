// When calendars come due.
import { describe, expect, it } from "vitest";
import { nextTime, parseCron } from "./cron.ts";

function next(text: string, after: string): string | undefined {
  const calendar = parseCron(text);
  if (typeof calendar === "string") throw new Error(calendar);
  return nextTime(calendar, new Date(after))?.toISOString();
}

describe("a calendar of five fields", () => {
  it.each([
    ["* * * * *", "2026-11-23T17:00:30.000Z", "2026-11-23T17:01:00.000Z"],
    ["0 * * * *", "2026-11-23T17:00:00.000Z", "2026-11-23T18:00:00.000Z"],
    ["*/15 8-18/2 * * *", "2026-11-23T18:45:00.000Z", "2026-11-24T08:00:00.000Z"],
    ["30 3 * * 1,3", "2026-11-23T04:00:00.000Z", "2026-11-25T03:30:00.000Z"],
    ["0 0 1 1 *", "2026-11-23T04:00:00.000Z", "2027-01-01T00:00:00.000Z"],
    ["0 0 29 2 *", "2026-11-23T04:00:00.000Z", "2028-02-29T00:00:00.000Z"],
    ["0 12 * * 7", "2026-11-23T04:00:00.000Z", "2026-11-29T12:00:00.000Z"],
    ["5/20 * * * *", "2026-11-23T04:06:00.000Z", "2026-11-23T04:25:00.000Z"],
  ])("%s after %s is %s (K1)", (text, after, expected) => {
    expect(next(text, after)).toBe(expected);
  });

  it("takes either day where both are restricted (K2)", () => {
    expect(next("0 0 13 * 5", "2026-11-23T00:00:00.000Z")).toBe("2026-11-27T00:00:00.000Z");
    expect(next("0 0 13 * 5", "2026-12-12T00:00:00.000Z")).toBe("2026-12-13T00:00:00.000Z");
  });

  it("names no time for a day that never comes", () => {
    expect(next("0 0 31 2 *", "2026-11-23T00:00:00.000Z")).toBeUndefined();
  });

  it.each([
    "* * * *",
    "60 * * * *",
    "* 24 * * *",
    "* * 0 * *",
    "* * * 13 *",
    "* * * * 8",
    "*/0 * * * *",
    "5-3 * * * *",
    "mon * * * *",
    "* * * * MON",
    ", * * * *",
  ])("%s is refused with a reason", (text) => {
    expect(typeof parseCron(text)).toBe("string");
  });
});
