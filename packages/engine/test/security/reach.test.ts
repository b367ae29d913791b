// Every endpoint of /v1 for every caller over HTTP, held to the reviewed table (http/allowed-calls.ts): who may call it,
// and what those are answered who are for another system. What is forbidden looks like what is not there.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildOpenApi } from "../../src/http/index.ts";
import { allowedRoles, foreignAnswers } from "../http/allowed-calls.ts";
import type { Answer } from "../http/documented-answer.ts";
import { Sampler } from "../http/samples.ts";
import { callApp } from "../http/test-node.ts";
import { apiEndpoints, type Endpoint } from "./documents.ts";
import { type Caller, openSecurityWorld, publicUrl, type SecurityWorld, things } from "./world.ts";

const sampler = new Sampler(buildOpenApi("0.0.0"));
const listed = apiEndpoints.filter(({ name }) => name in allowedRoles);

let world: SecurityWorld;
beforeAll(async () => {
  world = await openSecurityWorld();
});
afterAll(() => world.node.close());

/** What the id in an endpoint's address is that finds what stands in the node. */
function idOf({ name, path }: Endpoint): string {
  if (path.includes("{account_id}")) return world.accountId;
  if (path.includes("{quote_id}")) return world.quoteId;
  if (path.includes("{reconciliation_id}")) return world.reconciliationId;
  if (path.includes("{limit_id}")) return things.limit;
  if (/Credit/.test(name)) return things.credit;
  if (/Debit/.test(name)) return things.debit;
  if (/Hold/.test(name)) return things.hold;
  return /RateChange/.test(name) ? things.rateChange : things.exchange;
}

interface Sample {
  readonly url: string;
  readonly body: unknown;
}

/** A well-formed request about the shop and the club, and about what stands in the node where it names an id. */
function sampleOf(endpoint: Endpoint): Sample {
  // What only some may do is sampled with ids of nothing, so that nobody takes away what others are to find.
  const isFound = foreignAnswers[endpoint.name] !== undefined;
  const path = endpoint.path.replaceAll(/\{([a-z_]+)\}/g, (_all, name: string) => {
    if (isFound && /_id$/.test(name) && !/^(system|credit_type)_id$/.test(name)) return idOf(endpoint);
    const parameter = endpoint.parameters.find((one) => one.name === name);
    return encodeURIComponent(String(sampler.sample(parameter?.schema ?? {}, name)));
  });
  const query = endpoint.parameters
    .filter((one) => one.in === "query" && (one.required || /_system$|^system_id$/.test(one.name)))
    .map((one) => `${one.name}=${encodeURIComponent(String(sampler.sample(one.schema, one.name)))}`);
  const url = query.length === 0 ? path : `${path}?${query.join("&")}`;
  return { url, body: bodyOf(endpoint) };
}

function bodyOf({ body }: Endpoint): unknown {
  if (body === undefined) return undefined;
  const hasFields = Object.keys(sampler.resolve(body).properties ?? {}).length > 0;
  return hasFields ? sampler.sample(body, "") : {};
}

function call(caller: Caller, { method }: Endpoint, { url, body }: Sample): Promise<Answer> {
  // As a page of the console would send it, for the calls that only it makes.
  const page = { origin: publicUrl, "x-pointbridge-console": "1" };
  const headers = { ...page, ...caller.headers, prefer: "respond-async" };
  return callApp(world.node.app, method, url, {
    key: null,
    headers,
    ...(body === undefined ? {} : { body }),
  });
}

/** The same request about what does not exist. */
function absentOf({ url, body }: Sample, endpoint: Endpoint): Sample {
  const rename = (text: string) =>
    text
      .replaceAll(
        idOf(endpoint),
        idOf(endpoint).replace(/.$/, (last) => (last === "0" ? "1" : "0")),
      )
      .replaceAll("shop", "nowhere")
      .replaceAll("club", "nobody");
  return {
    url: rename(url),
    body: body === undefined ? undefined : JSON.parse(rename(JSON.stringify(body))),
  };
}

/** What an answer tells beside the id of its request and the names that came with the request. */
function toldBy({ status, text }: Answer, ...names: readonly string[]): object {
  let told = text.replace(/"request_id":"[^"]*"/, "");
  for (const name of names) told = told.replaceAll(name, "ID");
  return { status, told };
}

function lastNameOf(sample: Sample): string[] {
  return (sample.url.split("?", 1)[0] ?? "").split("/").slice(3).map(decodeURIComponent);
}

async function expectLikeAbsent(caller: Caller, endpoint: Endpoint, sample: Sample): Promise<Answer> {
  const answer = await call(caller, endpoint, sample);
  const absent = absentOf(sample, endpoint);
  const other = await call(caller, endpoint, absent);
  expect(toldBy(answer, ...lastNameOf(sample))).toEqual(toldBy(other, ...lastNameOf(absent)));
  return answer;
}

function isRefusal({ status, body }: Answer): boolean {
  return status === 401 || (status === 403 && body["code"] === "forbidden");
}

const absentCodes = new Map<string, unknown>();

/** Of somebody who is for another system, by what the table says. */
async function expectForeign(caller: Caller, endpoint: Endpoint, sample: Sample): Promise<void> {
  switch (foreignAnswers[endpoint.name]) {
    case "forbidden":
      expect(await expectLikeAbsent(caller, endpoint, sample)).toMatchObject({
        status: 403,
        body: { code: "forbidden" },
      });
      return;
    case "absent": {
      const answer = await expectLikeAbsent(caller, endpoint, sample);
      expect(answer.status).toBe(404);
      absentCodes.set(endpoint.name, answer.body["code"]);
      return;
    }
    case "untouched":
      expect((await call(caller, endpoint, sample)).status).toBeGreaterThanOrEqual(403);
      return;
    case "narrowed":
      expect((await call(caller, endpoint, sample)).text).not.toContain("shop");
      return;
    case "same":
      expect(isRefusal(await call(caller, endpoint, sample))).toBe(false);
      return;
    case undefined:
      expect(await call(caller, endpoint, sample)).toMatchObject({ status: 403 });
  }
}

describe("the reviewed table", () => {
  it("says of every call that a service or a partner may make what one of another system is answered", () => {
    const reaching = Object.entries(allowedRoles).filter(([, roles]) => /service|partner/.test(roles));
    expect(Object.keys(foreignAnswers).sort()).toEqual(reaching.map(([name]) => name).sort());
  });
});

describe("every endpoint for every caller", () => {
  it.each(listed.map((endpoint) => [endpoint.name, endpoint] as const))("%s", async (name, endpoint) => {
    const sample = sampleOf(endpoint);
    const roles = (allowedRoles[name] ?? "").split(" ");
    // Strangers first, then who may read what is theirs, last who may do everything to it.
    const callers = world.callers.toSorted((left, right) => rank(left) - rank(right));
    for (const caller of callers) {
      if (caller.role !== null && caller.scope === "foreign" && roles.includes(caller.role)) {
        await expectForeign(caller, endpoint, sample);
        continue;
      }
      const isAllowed = caller.role !== null && roles.includes(caller.role);
      const answer = await call(caller, endpoint, sample);
      const told = { caller: caller.name, refused: isRefusal(answer), text: isAllowed ? "" : answer.text };
      expect(told).toMatchObject({ caller: caller.name, refused: !isAllowed });
      if (!isAllowed) expect(answer.status).toBe(caller.role === null ? 401 : 403);
      // What others are told is not there is there for those whom it concerns.
      else if (foreignAnswers[name] === "absent") expect(answer.body["code"]).not.toBe(absentCodes.get(name));
    }
  });
});

function rank({ role, scope }: Caller): number {
  if (role === null) return 0;
  return scope === "foreign" ? 1 : scope === "own" ? 2 : 3;
}
