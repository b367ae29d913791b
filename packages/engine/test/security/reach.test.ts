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
let askers: readonly Caller[];
beforeAll(async () => {
  world = await openSecurityWorld();
  // Other keys that count for nothing come with the generated requests.
  const nobodies = ["nobody", "a revoked key"];
  askers = world.callers.filter(({ name, role }) => role !== null || nobodies.includes(name));
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
    if (isFound && name.endsWith("_id") && !/^(system|credit_type)_id$/.test(name)) return idOf(endpoint);
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
function toldBy({ status, text }: Answer, ...names: readonly string[]): string {
  let told = text.replace(/"request_id":"[^"]*"/, "");
  for (const name of names) told = told.replaceAll(name, "ID");
  return `${status} ${told}`;
}

function namesIn(sample: Sample): string[] {
  return (sample.url.split("?", 1)[0] ?? "").split("/").slice(3).map(decodeURIComponent);
}

function isRefusal({ status, body }: Answer): boolean {
  return status === 401 || (status === 403 && body["code"] === "forbidden");
}

/** What somebody is answered who is for another system, in the words of `foreignAnswers`. */
async function foreignAnswerTo(caller: Caller, endpoint: Endpoint, sample: Sample): Promise<string> {
  const answer = await call(caller, endpoint, sample);
  const absent = absentOf(sample, endpoint);
  switch (foreignAnswers[endpoint.name]) {
    case "untouched":
      return answer.status >= 403 ? "untouched" : `${answer.status} ${answer.text}`;
    case "narrowed":
      return answer.text.includes("shop") ? answer.text : "narrowed";
    case "same":
      return isRefusal(answer) ? "forbidden" : "same";
    default: {
      const other = await call(caller, endpoint, absent);
      const [told, toldOther] = [toldBy(answer, ...namesIn(sample)), toldBy(other, ...namesIn(absent))];
      if (told !== toldOther) return `told apart: ${told} ${toldOther}`;
      return answer.status === 404 ? "absent" : answer.status === 403 ? "forbidden" : told;
    }
  }
}

/** What everybody else is answered. What is absent for others has to be there for those whom it concerns. */
async function answerTo(caller: Caller, endpoint: Endpoint, sample: Sample): Promise<string> {
  const answer = await call(caller, endpoint, sample);
  if (answer.status === 401) return "unauthenticated";
  if (isRefusal(answer)) return "forbidden";
  if (foreignAnswers[endpoint.name] !== "absent") return "allowed";
  const absent = await call(caller, endpoint, absentOf(sample, endpoint));
  return answer.body["code"] === absent.body["code"] ? "absent" : "allowed";
}

function expectedOf(caller: Caller, endpoint: Endpoint): string {
  if (caller.role === null) return "unauthenticated";
  const roles = (allowedRoles[endpoint.name] ?? "").split(" ");
  if (!roles.includes(caller.role)) return "forbidden";
  return caller.scope === "foreign" ? (foreignAnswers[endpoint.name] ?? "forbidden") : "allowed";
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
    // Strangers first, then who may read what is theirs, last who may do everything to it.
    const callers = askers.toSorted((left, right) => rank(left) - rank(right));
    const expected = callers.map((caller) => `${caller.name}: ${expectedOf(caller, endpoint)}`);
    const answered: string[] = [];
    for (const caller of callers) {
      const isStranger = caller.role !== null && caller.scope === "foreign";
      const isAsked = isStranger && (allowedRoles[name] ?? "").split(" ").includes(caller.role);
      const answerOf = isAsked ? foreignAnswerTo : answerTo;
      answered.push(`${caller.name}: ${await answerOf(caller, endpoint, sample)}`);
    }
    expect(answered).toEqual(expected);
  });
});

function rank({ role, scope }: Caller): number {
  if (role === null) return 0;
  return scope === "foreign" ? 1 : scope === "own" ? 2 : 3;
}
