// consumeEvents against a listening node: each event once and in order, whatever is cut off in between.
import { type Client, type ConsumerStep, consumeEvents, createClient, type Fetch } from "@pointbridge/sdk";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { apiKey, openTestNode, seedNode, type TestNode } from "../http/test-node.ts";

/** What a database would hold: the applied events and the cursor, changed together or not at all. */
class Store {
  applied: string[] = [];
  cursor: string | undefined;
  /** Called within a step, before it is stored and after: what throws there is a crash. */
  crash: (when: "before" | "after") => void = () => undefined;

  apply({ events, after, cursor }: ConsumerStep): void {
    if (after !== this.cursor) throw new Error("another consumer was here");
    this.crash("before");
    this.applied.push(...events.map((event) => event.id));
    this.cursor = cursor;
    this.crash("after");
  }
}

describe.each(["polling", "stream"] as const)("a consumer by %s", (via) => {
  let node: TestNode;
  let url: string;

  beforeAll(async () => {
    node = await openTestNode("postgres");
    await seedNode(node);
    url = await node.app.listen({ port: 0, host: "127.0.0.1" });
    for (let index = 0; index < 12; index += 1) await credit(`first-${index}`);
  });
  afterAll(() => node.close());

  async function credit(operationId: string): Promise<void> {
    const account = { system_id: "shop", user_id: "u1", credit_type_id: "coin" };
    await node.call("POST", "/v1/credits", { body: { ...account, operation_id: operationId, amount: "1" } });
  }

  async function everyEvent(): Promise<string[]> {
    const { items } = await createClient({ url, apiKey }).events.read({ limit: 1000 });
    return items.map((event) => event.id);
  }

  /** Follows until the store has so many events. */
  async function follow(client: Client, store: Store, count: number, limit = 5): Promise<unknown[]> {
    const enough = new AbortController();
    const retried: unknown[] = [];
    await consumeEvents(client, {
      via,
      limit,
      signal: enough.signal,
      loadCursor: () => store.cursor,
      apply: (step) => {
        store.apply(step);
        if (store.applied.length >= count) enough.abort();
      },
      onRetry: (error) => retried.push(error),
    });
    return retried;
  }

  it("applies each event once, in order, though it crashes before and after each third step", async () => {
    const client = createClient({ url, apiKey });
    const store = new Store();
    const all = await everyEvent();
    let steps = 0;
    let crashes = 0;
    store.crash = (when) => {
      steps += 1;
      if (steps % 3 !== (when === "before" ? 0 : 1)) return;
      crashes += 1;
      throw new Error("the power went out");
    };
    const ends: string[] = [];
    while (store.applied.length < all.length) {
      ends.push(await follow(client, store, all.length).then(() => "enough", String));
    }
    expect(new Set(ends)).toEqual(
      new Set(["Error: the power went out", ...ends.filter((end) => end === "enough")]),
    );
    expect(store.applied).toEqual(all);
    expect(crashes).toBeGreaterThan(3);
  });

  it("goes on where the network was cut, and gets what came meanwhile", async () => {
    const all = await everyEvent();
    let calls = 0;
    const cut: Fetch = async (address, request) => {
      calls += 1;
      if (calls % 2 === 1) throw new TypeError("fetch failed");
      const answer = await fetch(address, request);
      if (via === "polling" || calls > 3) return answer;
      // A stream that breaks off in the middle of a frame.
      const text = `id: ${all.at(-1)}\ndata: {"half":`;
      return new Response(text, { headers: answer.headers });
    };
    const store = new Store();
    const following = follow(createClient({ url, apiKey, fetch: cut }), store, all.length + 2, 1000);
    await credit(`later-${via}`);
    const retried = await following;
    expect(store.applied).toEqual(await everyEvent());
    expect(retried.length).toBeGreaterThan(0);
  });

  it("ends where trying again can't help: a refused key, a cursor of elsewhere", async () => {
    const stranger = follow(createClient({ url, apiKey: "unknown-key" }), new Store(), 1);
    await expect(stranger).rejects.toMatchObject({ code: "unauthenticated" });
    const lost = new Store();
    lost.cursor = "another-log.7";
    await expect(follow(createClient({ url, apiKey }), lost, 1)).rejects.toMatchObject({
      code: "cursor_unknown",
    });
  });

  it("does not apply a step where another consumer of the store was before it (E2)", async () => {
    const store = new Store();
    const client = createClient({ url, apiKey });
    const all = await everyEvent();
    let overtaken = false;
    const slow = consumeEvents(client, {
      via,
      limit: 5,
      loadCursor: () => store.cursor,
      apply: async (step) => {
        if (!overtaken) await follow(client, store, all.length);
        overtaken = true;
        store.apply(step);
      },
    });
    await expect(slow).rejects.toThrow("another consumer was here");
    expect(store.applied).toEqual(all);
  });

  it("ends at its signal while it waits", async () => {
    const store = new Store();
    const all = await everyEvent();
    const ending = new AbortController();
    const waiting = consumeEvents(createClient({ url, apiKey }), {
      via,
      signal: ending.signal,
      loadCursor: () => store.cursor,
      apply: (step) => {
        store.apply(step);
        if (store.applied.length === all.length) setImmediate(() => ending.abort());
      },
    });
    await waiting;
    expect(store.applied).toEqual(all);
  });
});
