// Proves that a wrong setting of the partner protocol refuses to start and names itself.
import { describe, expect, it } from "vitest";
import { readConfig } from "./config.ts";

function read(environment: Record<string, string>) {
  return readConfig({ flags: {}, environment });
}

describe("settings of the partner protocol", () => {
  it("have defaults that let nobody call this machine", () => {
    expect(read({})).toMatchObject({ publicUrl: undefined, allowLoopback: false, masterKey: undefined });
  });

  it("are taken as they are meant", () => {
    const masterKey = Buffer.alloc(32, 7);
    const config = read({
      POINTBRIDGE_PUBLIC_URL: "HTTPS://Points.Example:443/a/",
      POINTBRIDGE_ALLOW_LOOPBACK: "true",
      POINTBRIDGE_MASTER_KEY: masterKey.toString("base64"),
    });
    expect(config.publicUrl).toBe("https://points.example/a");
    expect(config.allowLoopback).toBe(true);
    expect(config.masterKey).toEqual(masterKey);
    const other = Buffer.alloc(32, 8);
    const both = { POINTBRIDGE_OTHER_MASTER_KEY: other.toString("base64") };
    const changing = read({ ...both, POINTBRIDGE_MASTER_KEY: masterKey.toString("base64") });
    expect(changing.masterKey).toEqual({ current: masterKey, other });
    expect(() => read(both)).toThrow("POINTBRIDGE_OTHER_MASTER_KEY");
  });

  it.each([
    ["POINTBRIDGE_PUBLIC_URL", "points.example"],
    ["POINTBRIDGE_PUBLIC_URL", "https://points.example/?a"],
    ["POINTBRIDGE_PUBLIC_URL", "https://points.example/pxp/v1/"],
    ["POINTBRIDGE_ALLOW_LOOPBACK", "yes"],
    ["POINTBRIDGE_ALLOW_LOOPBACK", "TRUE"],
    ["POINTBRIDGE_MASTER_KEY", Buffer.alloc(31).toString("base64")],
    ["POINTBRIDGE_MASTER_KEY", Buffer.alloc(33).toString("base64")],
    ["POINTBRIDGE_MASTER_KEY", Buffer.alloc(32).toString("hex")],
    ["POINTBRIDGE_MASTER_KEY", `${Buffer.alloc(32).toString("base64")} `],
  ])("refuse %s=%s by name, and never repeat a secret", (name, value) => {
    const isSecret = name === "POINTBRIDGE_MASTER_KEY";
    expect(() => read({ [name]: value })).toThrow(`${name} (`);
    expect(() => read({ [name]: value })).toThrow(isSecret ? 'is "…"' : `is "${value}"`);
  });
});
