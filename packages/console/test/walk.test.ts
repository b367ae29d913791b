// A part of what operators do all day, done in a real browser against real nodes (tasks.test.ts has all of it); and what
// every page has to be: translated, without violations of accessibility in light and dark, within its policy.
import { readFileSync } from "node:fs";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Language, languages } from "../src/i18n/define-texts.ts";
import { browserFound, openBrowser, Visitor } from "./support/visitor.ts";
import { back, makeStuck, openWorld, type Person, type World } from "./support/world.ts";

let world: World;
let browser: Browser;
let anExchange = "";

const isSkipped = browserFound.path === undefined;
/** Every run walks a little in one language and reads every page in both; a soak walks all of it in both. */
const isSoak = process.env["POINTBRIDGE_TEST_SOAK"] === "1";
if (isSkipped) process.stderr.write(`The console's tests are skipped: ${browserFound.reason}.\n`);

beforeAll(async () => {
  if (isSkipped) return;
  [world, browser] = await Promise.all([openWorld(), openBrowser()]);
  const { items } = await world.client.exchanges.list({ status: "completed", limit: 1 }).page();
  anExchange = items[0]?.operation_id ?? "";
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await world?.close();
});

const visitors = new Map<string, Visitor>();

/** One browser for each person and language, signed in once. */
async function at(person: Person, language: Language): Promise<Visitor> {
  const key = `${person.name} ${language}`;
  const known = visitors.get(key);
  if (known !== undefined) {
    known.takeComplaints();
    await known.goTo("/");
    return known;
  }
  const visitor = await Visitor.open(browser, world.shop.url, language);
  visitors.set(key, visitor);
  await visitor.signIn(person.apiKey);
  return visitor;
}

/** What a browser loads before it shows the first page, compressed. */
function readInitialBytes(): number {
  const dist = new URL("../dist/", import.meta.url);
  const page = readFileSync(new URL("index.html", dist), "utf8");
  const scripts = [...page.matchAll(/(?:src|href)="\/console\/(assets\/[^"]+\.js)"/g)];
  return scripts.reduce((sum, [, path]) => sum + readFileSync(new URL(`${path}.gz`, dist)).length, 0);
}

const pages = (): string[] => [
  "/",
  "/exchanges",
  `/exchanges/${anExchange}`,
  "/members?user=ann",
  "/log",
  "/rates",
  "/reconciliations",
  "/inconsistencies",
  "/alerts",
  "/systems",
  "/systems/airline",
  "/links",
  "/limits",
  `/receipts?operation=${anExchange}`,
  `/audit?operation=${anExchange}`,
  "/keys",
  "/api-keys",
  "/webhooks",
];

describe("what a browser loads first", () => {
  it("is at most 450 kB of scripts", () => {
    const bytes = readInitialBytes();
    expect(bytes).toBeGreaterThan(100_000);
    expect(bytes).toBeLessThanOrEqual(450_000);
  });
});

// A timing decides nothing here: on a busy machine everything takes its time.
describe.skipIf(isSkipped).each(languages)("the console in %s", { timeout: 300_000 }, (language) => {
  const isWalked = language === "en" || isSoak;
  const user = language === "en" ? "wei" : "mei";

  it.runIf(isWalked)(
    "finds a member's stuck exchange, says why, and asks again until it is done",
    async () => {
      const stuck = await makeStuck(world, user);
      const visitor = await at(world.approver, language);
      const { page } = visitor;
      await visitor.sees("overview.attention");
      await page.keyboard.press("Control+k");
      await page.getByRole("combobox").last().fill(user);
      await page.locator(".palette-kind").first().waitFor();
      await page.keyboard.press("Enter");
      await visitor.sees("members.answerUnderWay", { count: "1" });
      await page.getByRole("link", { name: stuck }).first().click();
      await visitor.sees("exchanges.stepadd_target_credits");
      expect(await page.locator(".step-pending .step-error").textContent()).not.toBe("");
      await visitor.press("exchanges.askAgain");
      await visitor.confirm("exchanges.askAgain");
      await visitor.sees("exchanges.askedAgain");
      // Not before: the node asks by itself too, and then there is nothing left to press.
      world.gate.isOpen = true;
      await world.client.exchanges.askAgain(stuck);
      await page.locator(".passage-completed").waitFor();
      const { status } = await world.client.exchanges.get(stuck);
      expect(status).toBe("completed");
      expect(visitor.takeComplaints()).toEqual([]);
    },
  );

  it.runIf(isWalked)(
    "approves one change of a rate and rejects another, each by a second person",
    async () => {
      const rates = language === "en" ? ["1.5", "2.5"] : ["1.1", "2.1"];
      for (const [index, rate] of rates.entries()) {
        const visitor = await at(world.approver, language);
        const change = await world.client.rates.put({ ...back, rate });
        expect(change.status).toBe("pending_approval");
        await visitor.follow("shell.rates");
        await visitor.press(index === 0 ? "rates.approve" : "rates.reject");
        expect(await visitor.dialog.textContent()).toContain(rate);
        await visitor.confirm(index === 0 ? "rates.approve" : "rates.reject");
        await visitor.sees("rates.waitingNone");
        const state = await world.client.rates.getChange(change.operation_id);
        expect(state.status).toBe(index === 0 ? "completed" : "failed");
        expect(index === 0 ? state.approved_by : state.rejected_by).toBe("amy");
        expect(visitor.takeComplaints()).toEqual([]);
      }
    },
  );

  it.runIf(isWalked)(
    "does not approve what has changed since it was looked at, nor twice for two presses",
    async () => {
      const [first, second] = language === "en" ? ["1", "1.6"] : ["0.7", "1.15"];
      const change = await world.client.rates.put({ ...back, rate: first });
      const visitor = await at(world.approver, language);
      await visitor.follow("shell.rates");
      await visitor.press("rates.approve");
      const { dialog } = visitor;
      await dialog.locator("input").fill(first);
      await world.client.rates.put({ ...back, rate: second });
      await visitor.button("rates.approve", dialog.locator(".ant-modal-footer")).dblclick();
      await dialog.getByRole("alert").getByText(visitor.text("rates.staleTitle")).waitFor();
      const [now] = await world.client.rates
        .list({ source_system: back.source_system, target_system: back.target_system })
        .toArray();
      expect(now?.rate).toBe(second);
      await world.client.rates.reject(change.operation_id);
    },
  );

  it.runIf(isWalked)("shows a viewer nothing that a viewer may not do", async () => {
    const visitor = await at(world.viewer, language);
    for (const path of [
      "/rates",
      "/systems",
      "/systems/airline",
      "/links",
      "/limits",
      "/keys",
      "/api-keys",
      "/alerts",
      "/webhooks",
    ]) {
      await visitor.goTo(path);
      const danger = visitor.page.locator("main .ant-btn-dangerous, main .ant-btn-color-primary");
      expect({ path, buttons: await danger.count() }).toEqual({ path, buttons: 0 });
    }
  });

  it("has pages in one language, without a complaint of the browser", async () => {
    const visitor = await at(world.administrator, language);
    const faults: string[] = [];
    for (const path of pages()) {
      await visitor.goTo(path);
      const foreign = await visitor.findForeignTexts();
      faults.push(...foreign.map((text) => `${path}: ${text}`));
    }
    expect(faults).toEqual([]);
    expect(visitor.takeComplaints()).toEqual([]);
  });
});

describe.skipIf(isSkipped)("every page", { timeout: 300_000 }, () => {
  it("can be used by everybody, light and dark", async () => {
    const visitor = await at(world.administrator, "en");
    const faults: string[] = [];
    for (const [turn, scheme] of (["dark", "light"] as const).entries()) {
      await visitor.changeScheme(scheme);
      // A run looks at every page in one of them, a soak in both.
      for (const path of pages().filter((_, index) => isSoak || index % 2 === turn)) {
        await visitor.goTo(path);
        const found = await visitor.findViolations();
        faults.push(...found.map((fault) => `${scheme} ${path}: ${fault}`));
      }
    }
    expect(faults).toEqual([]);
  });
});
