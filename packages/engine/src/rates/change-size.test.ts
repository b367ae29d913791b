// How far a change goes: exact, the larger of two, and never written as less than it is.
import { describe, expect, it } from "vitest";
import { parseRate } from "../domain/index.ts";
import { measureChange } from "./change-size.ts";

function rateOf(text: string) {
  const rate = parseRate(text);
  if (rate === undefined) throw new Error(`${text} is no rate`);
  return rate;
}

function measure(changed: string, inForce: string, reference = inForce, limit = "20") {
  return measureChange(rateOf(changed), rateOf(inForce), rateOf(reference), rateOf(limit));
}

describe("the size of a change", () => {
  it("is the larger of the two, signed (S1)", () => {
    expect(measure("1.25", "1")).toEqual({ percentage: "25", isAboveLimit: true });
    expect(measure("0.75", "1")).toEqual({ percentage: "-25", isAboveLimit: true });
    expect(measure("1.4161", "1.19", "1")).toEqual({ percentage: "41.61", isAboveLimit: true });
    expect(measure("1", "1.5", "1")).toEqual({ percentage: "-33.333334", isAboveLimit: true });
    expect(measure("1.1", "1", "1.05")).toEqual({ percentage: "10", isAboveLimit: false });
    expect(measure("1000", "0.5")).toEqual({ percentage: "199900", isAboveLimit: true });
  });

  it("is above the limit by the ratio itself, at the last digit (S2)", () => {
    expect(measure("1.2", "1").isAboveLimit).toBe(false);
    expect(measure("0.8", "1").isAboveLimit).toBe(false);
    expect(measure("1.200000000000000001", "1")).toEqual({ percentage: "20.000001", isAboveLimit: true });
    expect(measure("0.799999999999999999", "1")).toEqual({ percentage: "-20.000001", isAboveLimit: true });
    expect(measure("999999999999.999999999999999999", "833333333333.333333333333333332")).toEqual({
      percentage: "20.000001",
      isAboveLimit: true,
    });
  });

  it("is measured against whatever limit is given", () => {
    expect(measure("1.01", "1", "1", "0.5").isAboveLimit).toBe(true);
    expect(measure("1.5", "1", "1", "50").isAboveLimit).toBe(false);
  });
});
