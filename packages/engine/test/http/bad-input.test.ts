// Whatever is sent to whichever endpoint: a 4xx problem that names the place, never a 5xx, and nothing written.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildOpenApi } from "../../src/http/index.ts";
import { enginesOfRun } from "../support/both-engines.ts";
import type { Answer } from "./documented-answer.ts";
import { countRows } from "./row-count-queries.ts";
import { type Endpoint, endpointsOf, Sampler, spoil } from "./samples.ts";
import { openTestNode, seedNode, type TestNode } from "./test-node.ts";

const document = buildOpenApi("0.0.0");
const sampler = new Sampler(document);
const endpoints = endpointsOf(document);

/** The address with well-formed path parameters and what the query must have. */
function addressOf(endpoint: Endpoint, extra = "", replaced: Readonly<Record<string, string>> = {}): string {
  const path = endpoint.path.replaceAll(/\{([a-z_]+)\}/g, (_all, name: string) => {
    const parameter = endpoint.parameters.find((candidate) => candidate.name === name);
    return replaced[name] ?? encodeURIComponent(String(sampler.sample(parameter?.schema ?? {}, name)));
  });
  const query = endpoint.parameters
    .filter((parameter) => parameter.in === "query" && parameter.required && replaced[parameter.name] !== "")
    .map((parameter) => `${parameter.name}=${String(sampler.sample(parameter.schema, parameter.name))}`);
  const parts = [...query, extra].filter((part) => part !== "");
  return parts.length === 0 ? path : `${path}?${parts.join("&")}`;
}

function expectProblem(answer: Answer, status: number, code: string): void {
  expect(answer.text.slice(0, 2000)).toContain(`"code":"${code}"`);
  expect(answer.status).toBe(status);
  expect(answer.headers["content-type"]).toBe("application/problem+json");
  expect(answer.body).toMatchObject({ status, code, retryable: false });
  for (const field of ["type", "title", "detail", "request_id"])
    expect(answer.body[field]).toBeTypeOf("string");
  expect(answer.headers["x-request-id"]).toBe(answer.body.request_id);
  // What was sent is not sent back by the megabyte.
  expect(answer.text.length).toBeLessThan(20_000);
}

function pathsOf(answer: Answer): string[] {
  return (answer.body.errors as { path: string }[] | undefined)?.map((error) => error.path) ?? [];
}

const brokenBodies: readonly (readonly [what: string, body: string | Buffer])[] = [
  ["nothing but white space", "  "],
  ["a trailing comma", '{"a":1,}'],
  ["an unfinished text", '{"a":"'],
  ["two values", "{} {}"],
  ["a raw NUL", '{"a":"\0"}'],
  ["a byte order mark", "\uFEFF{}"],
  ["invalid UTF-8", Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d])],
  ["an encoded surrogate", Buffer.from([0x22, 0xed, 0xa0, 0x80, 0x22])],
  ["a list", "[]"],
  ["a text", '"text"'],
  ["a number", "9223372036854775808"],
  ["null", "null"],
  ["unclosed lists", "[".repeat(100_000)],
  ["closed lists", "[".repeat(100_000) + "]".repeat(100_000)],
  ["objects in objects", `${'{"a":'.repeat(50_000)}1${"}".repeat(50_000)}`],
  ["lists in a field that is not known", `{"a":${"[".repeat(50_000)}"\\u0000"${"]".repeat(50_000)}}`],
];

describe.each(enginesOfRun)("bad input on the %s engine", (engine) => {
  let node: TestNode;
  let before: Record<string, string>;
  beforeAll(async () => {
    node = await openTestNode(engine);
    await seedNode(node);
    before = await countRows(node.database);
  });
  afterAll(async () => {
    await node.close();
  });

  describe.each(endpoints.map((endpoint) => [`${endpoint.method} ${endpoint.path}`, endpoint] as const))(
    "%s",
    (_name, endpoint) => {
      const { method, body } = endpoint;

      it("judges the caller before anything else", async () => {
        const broken = body === undefined ? {} : { body: "{" };
        for (const key of [null, "another-key", "\u00fc"]) {
          const answer = await node.call(method, addressOf(endpoint, "unknown=1"), { ...broken, key });
          expectProblem(answer, 401, "unauthenticated");
          expect(answer.headers["www-authenticate"]).toBe("Bearer");
        }
      });

      it("refuses queries that it does not know, that are doubled or can't be decoded", async () => {
        const cases = [
          ["unknown=1", "/query/unknown"],
          ["__proto__=1", "/query/__proto__"],
          ["x=1&x=2", "/query/x"],
          ["x=%ff", "/query/x"],
          ["x=%00", "/query/x"],
        ] as const;
        const valid = body === undefined ? {} : { body: sampler.sample(body, "") };
        for (const [extra, path] of cases) {
          const answer = await node.call(method, addressOf(endpoint, extra), valid);
          expectProblem(answer, 400, "invalid_request");
          expect(pathsOf(answer)).toContain(path);
        }
      });

      it("names each parameter that is malformed", async () => {
        const valid = body === undefined ? {} : { body: sampler.sample(body, "") };
        for (const { name, in: place } of endpoint.parameters) {
          if (place === "header") continue;
          const isNumber = name === "limit";
          const bad = isNumber
            ? ["0", "-1", "1.5", "1e2", "1001", "9223372036854775808", "x", ""]
            : ["%01", "%ED%A0%80", "x".repeat(5000)];
          for (const value of bad) {
            const url =
              place === "path"
                ? addressOf(endpoint, "", { [name]: value })
                : addressOf(endpoint, `${name}=${value}`, { [name]: "" });
            const answer = await node.call(method, url, valid);
            expectProblem(answer, 400, "invalid_request");
            // What can't even be decoded has no place of its own within the address.
            const isLost = value.startsWith("%ED") && place === "path";
            const named = pathsOf(answer).includes(`/${place}/${name}`);
            expect({ name, value, named }).toEqual({ name, value, named: !isLost });
          }
        }
      });

      if (body === undefined) return;

      it("refuses bodies that are no JSON object", async () => {
        for (const [what, broken] of brokenBodies) {
          const answer = await node.call(method, addressOf(endpoint), { body: broken });
          expectProblem(answer, 400, "invalid_request");
          expect({ what, paths: pathsOf(answer).length > 0 }).toEqual({ what, paths: true });
        }
      });

      it("names each place of the body that is malformed", async () => {
        for (const spoilt of spoil(sampler, body)) {
          const answer = await node.call(method, addressOf(endpoint), { body: spoilt.text });
          const { what, path } = spoilt;
          const found = pathsOf(answer);
          const named = found.some((other) => other === path || other.startsWith(`${path}/`)) ? path : found;
          expect({ what, status: answer.status, named }).toEqual({ what, status: 400, named: path });
          expectProblem(answer, 400, "invalid_request");
        }
      });

      it("takes nothing but JSON in UTF-8, as it is, up to 4 MiB", async () => {
        const valid = JSON.stringify(sampler.sample(body, ""));
        for (const type of ["text/plain", "application/xml", "application/json; charset=utf-16", "json"]) {
          const headers = { "content-type": type };
          const answer = await node.call(method, addressOf(endpoint), { body: valid, headers });
          expectProblem(answer, 415, "unsupported_media_type");
        }
        const headers = { "content-encoding": "gzip" };
        const encoded = await node.call(method, addressOf(endpoint), { body: valid, headers });
        expectProblem(encoded, 415, "unsupported_media_type");
        const large = `{"a":"${"x".repeat(4 * 1024 * 1024)}"}`;
        expectProblem(
          await node.call(method, addressOf(endpoint), { body: large }),
          413,
          "request_too_large",
        );
      });

      if (!endpoint.isBodyRequired) return;

      it("asks for a body", async () => {
        const answer = await node.call(method, addressOf(endpoint));
        expectProblem(answer, 400, "invalid_request");
        expect(pathsOf(answer)).toEqual([""]);
      });
    },
  );

  it("survives four megabytes of brackets", async () => {
    const deep = ["[".repeat(4_000_000), `${"[".repeat(2_000_000)}${"]".repeat(2_000_000)}`];
    for (const body of deep) {
      const answer = await node.call("POST", "/v1/exchanges/batch", { body });
      expectProblem(answer, 400, "invalid_request");
    }
  });

  // Last, so that it speaks for all that went before.
  it("has written nothing", async () => {
    expect(await countRows(node.database)).toEqual(before);
  });
});
