// Figures of the console, told and kept: how soon a cold browser can be used, and what a live overview costs in memory
// while 500 exchanges are made each second. A soak (POINTBRIDGE_TEST_SOAK=1); times are told and decide nothing.
import type { Browser, CDPSession } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openBrowser, Visitor } from "./support/visitor.ts";
import { openWorld, type World } from "./support/world.ts";

const isSoak = process.env["POINTBRIDGE_TEST_SOAK"] === "1";
const perSecond = 500;
const liveSeconds = 60;
const warmUpSeconds = 20;
const grownMostBytes = 3_000_000;
/** What is called good of a page's layout shifts. */
const shiftMost = 0.1;
const paths = [
  "/",
  "/exchanges",
  "/members?user=ann",
  "/log",
  "/rates",
  "/reconciliations",
  "/inconsistencies",
  "/alerts",
  "/audit",
  "/systems",
  "/systems/airline",
  "/links",
  "/limits",
  "/keys",
  "/api-keys",
  "/webhooks",
];

const cafe = {
  source_system: "shop",
  source_credit_type: "point",
  target_system: "cafe",
  target_credit_type: "bean",
} as const;

/** Both sides on one node, so that two cores make so many beside a browser. */
async function openCafe({ client }: World): Promise<void> {
  await client.systems.put("cafe", { name: "Cafe", kind: "hosted" });
  await client.creditTypes.put("cafe", "bean", { name: "bean" });
  await client.links.put({ source_system: "shop", target_system: "cafe", user_mapping: "same_id" });
  await client.rates.put({ ...cafe, rate: "2" });
  for (let index = 0; index < 20; index += 1) {
    const user_id = `guest-${index}`;
    await client.credits.create({ system_id: "shop", user_id, credit_type_id: "point", amount: 1_000_000n });
    await client.accounts.open({ system_id: "cafe", user_id, credit_type_id: "bean" });
  }
}

/** Makes exchanges at an even rate until it is stopped. @returns what was made */
function makeLoad({ client }: World): { stop: () => Promise<{ made: number; seconds: number }> } {
  let isOver = false;
  const startedAt = performance.now();
  const work = async () => {
    let made = 0;
    while (!isOver) {
      const dueAt = startedAt + (made / perSecond) * 1_000;
      const waitMs = dueAt - performance.now();
      if (waitMs > 0) await new Promise((resolve) => setTimeout(resolve, waitMs));
      const lines = Array.from({ length: perSecond / 5 }, (_, index) => ({
        ...cafe,
        user_id: `guest-${index % 20}`,
        amount: 1n,
      }));
      await client.exchanges.createBatch(lines);
      made += lines.length;
    }
    return made;
  };
  const working = work();
  return {
    async stop() {
      isOver = true;
      const made = await working;
      return { made, seconds: (performance.now() - startedAt) / 1_000 };
    },
  };
}

async function readHeapBytes(session: CDPSession): Promise<number> {
  for (let turn = 0; turn < 3; turn += 1) await session.send("HeapProfiler.collectGarbage");
  const { usedSize } = await session.send("Runtime.getHeapUsage");
  return usedSize;
}

const sleep = (seconds: number) => new Promise((resolve) => setTimeout(resolve, seconds * 1_000));

describe.runIf(isSoak)("the console's figures", { timeout: 300_000 }, () => {
  let world: World;
  let browser: Browser;

  beforeAll(async () => {
    [world, browser] = await Promise.all([openWorld(), openBrowser()]);
  }, 180_000);
  afterAll(async () => {
    await browser?.close();
    await world?.close();
  });

  it("how soon a browser with nothing cached can be used", async () => {
    const times: { signIn: number; overview: number; thread: number }[] = [];
    for (let round = 0; round < 5; round += 1) {
      const first = performance.now();
      const visitor = await Visitor.open(browser, world.shop.url, "en");
      await visitor.page.locator("#api-key").fill(world.viewer.apiKey);
      const signIn = performance.now() - first;
      await visitor.page.keyboard.press("Enter");
      await visitor.page.locator(".frame").waitFor();
      const cookies = await visitor.page.context().cookies();
      await visitor.page.context().close();
      // Signed in, and nothing of the console cached: from the address to the overview with its figures.
      const again = await Visitor.prepare(browser, "en");
      await again.page.context().addCookies(cookies);
      const session = await again.page.context().newCDPSession(again.page);
      // What the page itself takes of a core, whatever else the machine does.
      await session.send("Performance.enable", { timeDomain: "threadTicks" });
      const second = performance.now();
      await again.page.goto(`${world.shop.url}/console`);
      await again.page.locator(".figure-value").first().waitFor();
      const overview = performance.now() - second;
      const { metrics } = await session.send("Performance.getMetrics");
      const seconds = metrics.find(({ name }) => name === "TaskDuration")?.value ?? 0;
      times.push({ signIn, overview, thread: seconds * 1_000 });
      await again.page.context().close();
    }
    const tell = (name: keyof (typeof times)[number]) => {
      const sorted = times.map((one) => one[name]).sort((left, right) => left - right);
      return `${Math.round(sorted[2] ?? 0)} ms (best ${Math.round(sorted[0] ?? 0)})`;
    };
    process.stderr.write(
      `A cold browser, medians of 5: sign-in usable after ${tell("signIn")}, overview with figures after ${tell("overview")}, of which the page's own thread ${tell("thread")}.\n`,
    );
    expect(times).toHaveLength(5);
  });

  it("what a page shows does not jump while it loads", async () => {
    const visitor = await Visitor.prepare(browser, "en");
    await visitor.page.addInitScript(() => {
      const shifts: number[] = [];
      Object.assign(globalThis, { shifts });
      const note = (list: PerformanceObserverEntryList) => {
        for (const entry of list.getEntries())
          shifts.push((entry as PerformanceEntry & { value: number }).value);
      };
      new PerformanceObserver(note).observe({ type: "layout-shift", buffered: true });
    });
    await visitor.page.goto(`${world.shop.url}/console`);
    await visitor.signIn(world.administrator.apiKey);
    const jumping: string[] = [];
    for (const path of paths) {
      await visitor.page.goto(`${world.shop.url}/console${path}`);
      await visitor.settle();
      await sleep(1);
      const sum = await visitor.page.evaluate(() =>
        (globalThis as unknown as { shifts: number[] }).shifts.reduce((total, one) => total + one, 0),
      );
      if (sum > shiftMost) jumping.push(`${path} ${sum.toFixed(3)}`);
    }
    expect(jumping).toEqual([]);
  });

  it("a live overview keeps its memory while exchanges are made", async () => {
    await openCafe(world);
    const visitor = await Visitor.open(browser, world.shop.url, "en");
    await visitor.signIn(world.viewer.apiKey);
    await visitor.page.locator(".chart canvas").first().waitFor();
    const session = await visitor.page.context().newCDPSession(visitor.page);
    await session.send("HeapProfiler.enable");
    const load = makeLoad(world);
    await sleep(warmUpSeconds);
    const before = await readHeapBytes(session);
    await sleep(liveSeconds);
    const after = await readHeapBytes(session);
    const { made, seconds } = await load.stop();
    process.stderr.write(
      `A live overview at ${Math.round(made / seconds)} exchanges a second: ${(before / 1e6).toFixed(1)} MB of heap, ${liveSeconds} s later ${(after / 1e6).toFixed(1)} MB.\n`,
    );
    expect(after - before).toBeLessThan(grownMostBytes);
    expect(visitor.takeComplaints()).toEqual([]);
  });
});
