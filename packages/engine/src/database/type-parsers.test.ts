// Times as PostgreSQL writes them, read without a text in between where they are plain.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { typeParsers } from "./type-parsers.ts";

const parse = typeParsers[1184] as (text: string) => Date;

describe("a time of the database", () => {
  it("is the moment that it names, with any number of decimals up to three", () => {
    const times = fc.date({
      min: new Date("0100-01-01T00:00:00Z"),
      max: new Date("9999-12-31T23:59:59.999Z"),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(times, (time) => {
        const written = time.toISOString().replace("T", " ");
        const shortest = written.replace(/\.?0*Z$/, "");
        expect(parse(written.replace("Z", "+00")).getTime()).toBe(time.getTime());
        expect(parse(`${shortest}+00`).getTime()).toBe(time.getTime());
      }),
    );
  });

  it.each([
    ["2026-11-23 10:00:00+05:30", "2026-11-23T04:30:00.000Z"],
    ["2026-11-23 10:00:00.123456+00", "2026-11-23T10:00:00.123Z"],
    ["2026-11-23 10:00:00-08", "2026-11-23T18:00:00.000Z"],
  ])("%s", (text, iso) => {
    expect(parse(text).toISOString()).toBe(iso);
  });

  it.each(["infinity", "2026-11-23 1a:00:00+00", ""])("is not made up: %j", (text) => {
    expect(() => parse(text)).toThrow("can't be read");
  });
});
