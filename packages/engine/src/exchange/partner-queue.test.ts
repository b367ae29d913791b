// A partner's queue against partners that fail at one request, or at everything for a while (Q1 to Q4).
import { callPaths } from "@pointbridge/protocol/pxp";
import { describe, expect, it } from "vitest";
import { type JudgedRequest, type PartnerCalls, PartnerQueue } from "./partner-queue.ts";
import type { MovementRequest } from "./partner-requests.ts";

function request(operationId: string, metadata?: object): MovementRequest {
  const more = metadata === undefined ? {} : { metadata };
  const body = { operation_id: operationId, amount: "1", ...more };
  return { operationId, state: "crediting", call: "credits", systemId: "airline", body, amount: "1" };
}

type Sent = { readonly operation_id: string };

function reply(body: unknown) {
  return { status: 200, headers: {}, body, keyId: "k", bodyBytes: 0 };
}

/** Answers every call but those that hold an id which `fails` says it fails at. */
function partnerThat(fails: (ids: readonly string[]) => boolean): PartnerCalls & { sizes: number[] } {
  const sizes: number[] = [];
  return {
    sizes,
    async callThrough(_systemId, path, bytes) {
      if (path === callPaths.node) return reply({ batch_max: 100 });
      const sent = JSON.parse(new TextDecoder().decode(bytes)) as Sent & { calls?: Sent[] };
      const ids = (sent.calls ?? [sent]).map(({ operation_id: id }) => id);
      sizes.push(ids.length);
      if (fails(ids)) return { unknown: "the connection was reset" };
      const results = ids.map((operation_id) => ({
        operation_id,
        status: 200,
        outcome: "completed",
        amount: "1",
      }));
      return reply(sent.calls === undefined ? results[0] : { results });
    },
  };
}

/** Asks until nothing changes any more, at most so often; answers who was credited. */
async function askAll(
  calls: PartnerCalls,
  ids: readonly string[],
  roundsMax: number,
  metadata?: object,
): Promise<Set<string>> {
  const credited = new Set<string>();
  let judgedCount = 0;
  let roundOver = (): void => undefined;
  const listener = {
    async judged(judged: readonly JudgedRequest[]): Promise<void> {
      judgedCount += judged.length;
      for (const { request: asked, verdict } of judged) {
        if (verdict.kind === "credited") credited.add(asked.operationId);
      }
      roundOver();
    },
    heard: () => undefined,
  };
  const queue = new PartnerQueue("airline", calls, listener, {
    callsMax: 1,
    batchMax: 100,
    timeoutMs: 1_000,
  });
  for (let round = 0; round < roundsMax && credited.size < ids.length; round += 1) {
    const open = ids.filter((id) => !credited.has(id));
    judgedCount = 0;
    const over = new Promise<void>((resolve) => {
      roundOver = () => {
        if (judgedCount >= open.length) resolve();
      };
    });
    for (const id of open) queue.add(request(id, metadata));
    await over;
    // The queue forgets what it has asked for in the turn after it was judged.
    await new Promise((resolve) => setImmediate(resolve));
  }
  await queue.stop();
  return credited;
}

const ids = Array.from({ length: 64 }, (_, index) => `e${index}`);

describe("a partner's queue", () => {
  it("asks for everything in one batch where nothing is in the way (Q1)", async () => {
    const partner = partnerThat(() => false);
    expect((await askAll(partner, ids, 1)).size).toBe(64);
    expect(partner.sizes).toEqual([64]);
  });

  it("goes on where a call could not even be made, alone or joined (Q2)", async () => {
    const partner = partnerThat(() => false);
    for (const count of [1, 64]) {
      let failures = 0;
      const calls: PartnerCalls = {
        async callThrough(...call) {
          failures += 1;
          if (failures === 1) throw new Error("the database did not answer");
          return partner.callThrough(...call);
        },
      };
      expect((await askAll(calls, ids.slice(0, count), 3)).size).toBe(count);
    }
  });

  it("puts no more together than a proxy lets through", async () => {
    const partner = partnerThat(() => false);
    let largest = 0;
    const calls: PartnerCalls = {
      async callThrough(systemId, path, bytes) {
        largest = Math.max(largest, bytes.length);
        return partner.callThrough(systemId, path, bytes);
      },
    };
    const metadata = { note: "é".repeat(8_000) };
    expect((await askAll(calls, ids, 1, metadata)).size).toBe(64);
    expect(largest).toBeLessThan(1_000_000);
    expect(partner.sizes.length).toBe(2);
  });

  it("isolates the one request that a partner at work fails at (Q4)", async () => {
    const partner = partnerThat((asked) => asked.includes("e17"));
    const credited = await askAll(partner, ids, 12);
    expect(credited.size).toBe(63);
    expect(credited.has("e17")).toBe(false);
  });
});
