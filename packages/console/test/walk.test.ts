// What operators do all day, done in a real browser against real nodes, in both languages; and what every page has to
// be: translated, without violations of accessibility in light and dark, within its policy.
import { readFileSync } from "node:fs";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Language, languages } from "../src/i18n/define-texts.ts";
import { browserFound, openBrowser, Visitor } from "./support/visitor.ts";
import { addMember, back, makeStuck, openWorld, type Person, type World } from "./support/world.ts";

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

  it.runIf(isSoak)("suspends a partner and lets it back in, with its name typed", async () => {
    const visitor = await at(world.administrator, language);
    await visitor.follow("shell.partners");
    await visitor.page.getByRole("link", { name: "airline" }).click();
    await visitor.press("network.suspend");
    expect(await visitor.button("network.suspend", visitor.dialog).isDisabled()).toBe(true);
    await visitor.confirm("network.suspend");
    await visitor.sees("statuses.suspended");
    expect((await world.client.systems.get("airline")).status).toBe("suspended");
    await visitor.press("network.resume");
    await visitor.confirm("network.resume");
    const airline = await world.client.systems.get("airline");
    expect(airline).toMatchObject({ status: "active", base_url: world.gate.url });
    expect(airline.keys?.keys).toHaveLength(1);
    expect(visitor.takeComplaints()).toEqual([]);
  });

  it.runIf(isSoak)("points a member elsewhere", async () => {
    const member = `re-${user}`;
    await addMember(world, member, 10n);
    const visitor = await at(world.approver, language);
    await visitor.goTo(`/members?user=${member}`);
    await visitor.press("members.repoint");
    await visitor.dialog.locator("input").first().fill(`other-${user}`);
    await visitor.confirm("members.repoint");
    await visitor.page.getByText(`other-${user}`).waitFor();
    const key = { source_system: "shop", source_user_id: member, target_system: "airline" };
    expect(await world.client.mappings.get(key)).toMatchObject({ target_user_id: `other-${user}` });
  });

  it.runIf(isSoak)("compares both sides and shows that they say the same", async () => {
    const visitor = await at(world.administrator, language);
    await visitor.follow("shell.reconciliations");
    await visitor.press("reconciliations.compare");
    await visitor.choose(visitor.text("reconciliations.pair"), "shop → airline");
    await visitor.confirm("reconciliations.compare");
    await visitor.page.locator("h1 + .identifier, .page-title .mark-good").first().waitFor();
    await visitor.sees("reconciliations.noMismatches");
    expect(visitor.takeComplaints()).toEqual([]);
  });

  it.runIf(isSoak)("exports what finance asks for, as it is filtered", async () => {
    const visitor = await at(world.viewer, language);
    await visitor.goTo("/exchanges?status=completed&user=bo");
    const download = visitor.page.waitForEvent("download");
    await visitor.press("exchanges.csv");
    const path = await (await download).path();
    const [head = "", ...lines] = readFileSync(path, "utf8").trim().split("\r\n");
    expect(head.replace("\uFEFF", "")).toMatch(/^operation_id,status,created_at,/);
    const rows = await world.client.exchanges.list({ status: "completed", user_id: "bo" }).toArray();
    expect(lines).toHaveLength(rows.length);
  });

  it.runIf(isSoak)("rotates the node's key, brings a partner on board and opens a link to it", async () => {
    const visitor = await at(world.administrator, language);
    const before = await world.client.keys.list();
    await visitor.follow("shell.keys");
    await visitor.press("settings.rotate");
    await visitor.confirm("settings.rotate");
    await visitor.sees("settings.retiring");
    const keys = await world.client.keys.list();
    expect(keys.keys).toHaveLength(before.keys.length + 1);
    // As its operator does, who was handed the set.
    const shop = await world.airlineClient.systems.get("shop");
    const { name, kind, base_url } = shop;
    await world.airlineClient.systems.put("shop", { name, kind, base_url, keys });
    const id = `hotel-${user}`;
    // A partner's key, as its node would show it: of a third node, which nobody knows here.
    const { publicKey } = await crypto.subtle.generateKey("Ed25519", true, ["sign", "verify"]);
    const { kty, crv, x } = await crypto.subtle.exportKey("jwk", publicKey);
    await visitor.follow("shell.partners");
    await visitor.press("network.add");
    const { dialog } = visitor;
    await dialog.getByLabel(visitor.text("network.id"), { exact: true }).fill(id);
    await dialog.getByLabel(visitor.text("network.name"), { exact: true }).fill("Hotel");
    await dialog.getByLabel(visitor.text("network.creditType"), { exact: true }).fill("night");
    await visitor.press("network.next", dialog);
    await dialog.getByLabel(visitor.text("network.address"), { exact: true }).fill("http://127.0.0.1:9");
    await dialog
      .getByLabel(visitor.text("network.keys"), { exact: true })
      .fill(JSON.stringify({ keys: [{ kty, crv, x }] }));
    await visitor.press("network.next", dialog);
    expect(await visitor.button("network.add", dialog).isDisabled()).toBe(true);
    await dialog.getByRole("checkbox").check();
    await visitor.press("network.add", dialog);
    await visitor.page.getByRole("heading", { name: id }).waitFor();
    expect((await world.client.systems.get(id)).keys?.keys[0]?.x).toBe(x);
    expect(visitor.takeComplaints()).toEqual([]);
  });

  it.runIf(isSoak)("settles an inconsistency with a note", async () => {
    const stuck = await makeStuck(world, `in-${user}`);
    const visitor = await at(world.approver, language);
    await visitor.follow("shell.inconsistencies");
    await visitor.page
      .getByRole("link", { name: /^exchange:/ })
      .first()
      .click();
    await visitor.press("inconsistencies.takeOn");
    await visitor.page.getByText("→ amy").first().waitFor();
    await visitor.press("inconsistencies.resolve");
    const { dialog } = visitor;
    await dialog.locator("input").first().fill("partner credited by hand");
    await dialog.locator("textarea").fill("by telephone");
    await visitor.press("inconsistencies.resolve", dialog.locator(".ant-modal-footer"));
    // Its exchange has not ended, so the node refuses, and the page says why.
    await dialog.getByRole("alert").getByText(visitor.text("codes.exchange_under_way")).waitFor();
    world.gate.isOpen = true;
    await world.client.exchanges.askAgain(stuck);
  });

  it.runIf(isWalked)("shows a viewer nothing that a viewer may not do", async () => {
    const visitor = await at(world.viewer, language);
    for (const path of [
      "/rates",
      "/systems",
      "/systems/airline",
      "/links",
      "/keys",
      "/api-keys",
      "/alerts",
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
    for (const scheme of ["dark", "light"] as const) {
      await visitor.changeScheme(scheme);
      for (const path of pages()) {
        await visitor.goTo(path);
        const found = await visitor.findViolations();
        faults.push(...found.map((fault) => `${scheme} ${path}: ${fault}`));
      }
    }
    expect(faults).toEqual([]);
  });
});
