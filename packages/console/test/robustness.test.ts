// What a hurried hand and a bad line do: whatever moves points is sent once however often it is pressed, and a page says
// so where the node does not answer, keeps what it showed, and goes on by itself. A soak (POINTBRIDGE_TEST_SOAK=1).
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { TextKey } from "../src/i18n/index.ts";
import { openBrowser, Visitor } from "./support/visitor.ts";
import { addMember, back, makeStuck, openWorld, type World } from "./support/world.ts";

const isSoak = process.env["POINTBRIDGE_TEST_SOAK"] === "1";

describe.runIf(isSoak)("the console", { timeout: 400_000 }, () => {
  let world: World;
  let browser: Browser;
  let administrator: Visitor;
  let approver: Visitor;

  beforeAll(async () => {
    [world, browser] = await Promise.all([openWorld(), openBrowser()]);
    administrator = await Visitor.open(browser, world.shop.url, "en");
    await administrator.signIn(world.administrator.apiKey);
    approver = await Visitor.open(browser, world.shop.url, "en");
    await approver.signIn(world.approver.apiKey);
  }, 180_000);
  afterAll(async () => {
    await browser?.close();
    await world?.close();
  });

  /** Fills what is asked for, presses the dialog's button three times as fast as can be, and counts what is sent. */
  async function pressThrice(visitor: Visitor, verb: TextKey): Promise<string[]> {
    const sent: string[] = [];
    const listen = (request: { method(): string; url(): string }) => {
      if (request.method() !== "GET") sent.push(`${request.method()} ${new URL(request.url()).pathname}`);
    };
    visitor.page.on("request", listen);
    const { dialog } = visitor;
    const phrase = dialog.locator(".phrase");
    if ((await phrase.count()) > 0) {
      await dialog.locator(".field:has(.phrase) input").fill((await phrase.textContent()) ?? "");
    }
    await visitor.button(verb, dialog.locator(".ant-modal-footer")).click({ clickCount: 3, delay: 0 });
    await dialog.waitFor({ state: "hidden" });
    visitor.page.off("request", listen);
    return sent;
  }

  it("sends what is done about a stuck exchange once", async () => {
    const stuck = await makeStuck(world, "twice");
    const path = `/v1/exchanges/${stuck}`;
    await administrator.goTo(`/exchanges/${stuck}`);
    await administrator.press("exchanges.askAgain");
    expect(await pressThrice(administrator, "exchanges.askAgain")).toEqual([`POST ${path}/ask-again`]);
    await administrator.press("exchanges.writeOff");
    await administrator.dialog.locator("textarea").fill("the partner is gone");
    expect(await pressThrice(administrator, "exchanges.writeOff")).toEqual([`POST ${path}/write-off`]);
    await approver.goTo(`/exchanges/${stuck}`);
    await approver.press("exchanges.approveWriteOff");
    expect(await pressThrice(approver, "exchanges.approveWriteOff")).toEqual([
      `POST ${path}/write-off/approve`,
    ]);
    const other = await makeStuck(world, "undone");
    await approver.goTo(`/exchanges/${other}`);
    await approver.press("exchanges.undo");
    expect(await pressThrice(approver, "exchanges.undo")).toEqual([`POST /v1/exchanges/${other}/roll-back`]);
    world.gate.isOpen = true;
  });

  it("sends a rate, its approval and its rejection once", async () => {
    await administrator.goTo("/rates");
    await administrator.press("rates.propose");
    await administrator.dialog.locator('input[inputmode="decimal"]').fill("2.4");
    expect(await pressThrice(administrator, "rates.set")).toEqual(["PUT /v1/rates"]);
    for (const [verb, rate] of [
      ["approve", "1.5"],
      ["reject", "2.5"],
    ] as const) {
      const { operation_id: id } = await world.client.rates.put({ ...back, rate });
      await approver.goTo("/");
      await approver.goTo("/rates");
      await approver.press(`rates.${verb}`);
      expect(await pressThrice(approver, `rates.${verb}`)).toEqual([`POST /v1/rate-changes/${id}/${verb}`]);
    }
  });

  it("sends a limit, a settlement and a mapping once", async () => {
    const limit = { side: "source", source_system: "shop", credit_type_id: "point" } as const;
    await world.client.limits.put("owed", {
      ...limit,
      target_system: "airline",
      subject: "everybody",
      measure: "position",
      bound: "50000",
    });
    await administrator.goTo("/limits");
    await administrator.press("limits.change");
    await administrator.dialog.locator("input").first().fill("60000");
    expect(await pressThrice(administrator, "parts.save")).toEqual(["PUT /v1/limits/owed"]);
    await administrator.press("limits.settle");
    await administrator.dialog.locator('input[inputmode="numeric"]').fill("5");
    await administrator.dialog.locator("textarea").fill("invoice 1");
    expect(await pressThrice(administrator, "limits.settle")).toEqual(["POST /v1/limits/owed/settlements"]);
    await addMember(world, "moved", 10n);
    await approver.goTo("/members?user=moved");
    await approver.press("members.repoint");
    await approver.dialog.locator("input").first().fill("elsewhere");
    expect(await pressThrice(approver, "members.repoint")).toEqual(["PUT /v1/mappings"]);
  });

  const pages = [
    "/",
    "/exchanges",
    "/members?user=ann",
    "/log",
    "/rates",
    "/reconciliations",
    "/inconsistencies",
    "/alerts",
    "/receipts?operation=x",
    "/audit?operation=x",
    "/systems",
    "/systems/airline",
    "/links",
    "/limits",
    "/keys",
    "/api-keys",
    "/webhooks",
  ];

  it("says on every page that the node does not answer, and goes on once it does", async () => {
    const visitor = await Visitor.open(browser, world.shop.url, "zh-CN");
    await visitor.signIn(world.administrator.apiKey);
    await visitor.page.route("**/v1/**", (route) => route.abort());
    const silent: string[] = [];
    for (const path of pages) {
      await visitor.goTo(path);
      const told = visitor.page.locator("main .failed, main .stale");
      await told
        .first()
        .waitFor({ timeout: 10_000 })
        .catch(() => silent.push(path));
    }
    expect(silent).toEqual([]);
    await visitor.goTo("/keys");
    await visitor.page.unroute("**/v1/**");
    await visitor.press("parts.tryAgain");
    await visitor.page.locator("main .fingerprint").first().waitFor();
  });

  it("keeps what a page showed, marked as old, while the node does not answer", async () => {
    const visitor = await Visitor.open(browser, world.shop.url, "en");
    await visitor.signIn(world.administrator.apiKey);
    for (const path of ["/", "/exchanges", "/systems/airline", "/webhooks"]) {
      await visitor.goTo(path);
      const before = await visitor.page.locator("main td, main .figure-value").count();
      await visitor.page.route("**/v1/**", (route) => route.abort());
      await visitor.page.locator("main .stale").first().waitFor({ timeout: 30_000 });
      const after = await visitor.page.locator("main td, main .figure-value").count();
      expect({ path, rows: after }).toEqual({ path, rows: before });
      await visitor.page.unroute("**/v1/**");
      await visitor.page.locator("main .stale").first().waitFor({ state: "hidden", timeout: 30_000 });
    }
  });

  it("believes no node about its own log", async () => {
    const { client } = world;
    const [exchange] = (await client.exchanges.list({ status: "completed", limit: 1 }).page()).items;
    const id = exchange?.operation_id ?? "";
    const provenCount = async () => {
      const { entries } = await client.audit.operation(id);
      return entries.filter(({ proof }) => proof !== null).length;
    };
    await expect.poll(provenCount, { timeout: 150_000, interval: 2_000 }).toBeGreaterThan(0);
    const visitor = await Visitor.open(browser, world.shop.url, "en");
    await visitor.signIn(world.viewer.apiKey);
    await visitor.goTo(`/audit?operation=${id}`);
    await visitor.sees("audit.signed");
    await visitor.sees("audit.firstLook");
    await visitor.page.locator("main td:last-child .mark-good").first().waitFor();
    const { page } = visitor;
    const before = (await client.audit.checkpoint()).tree_size;
    // Says that somebody else did it.
    await page.route("**/v1/audit/operations/**", async (route) => {
      const response = await route.fetch();
      const text = (await response.text()).replaceAll("administrator", "somebodyelse1");
      await route.fulfill({ response, body: text });
    });
    await page.goto(`${world.shop.url}/console/audit?operation=${id}`);
    await page.locator("main td:last-child .mark-bad").first().waitFor();
    expect(await page.locator("main td:last-child .mark-good").count()).toBe(0);
    // Says that its log only grew, once it has grown.
    await page.route("**/v1/audit/proofs/consistency**", async (route) => {
      const response = await route.fetch();
      const answer = (await response.json()) as { proof: string[] };
      await route.fulfill({ response, json: { ...answer, proof: answer.proof.map(() => "00".repeat(32)) } });
    });
    await addMember(world, "grown", 10n);
    await expect
      .poll(async () => (await client.audit.checkpoint()).tree_size, { timeout: 150_000, interval: 2_000 })
      .toBeGreaterThan(before);
    await page.goto(`${world.shop.url}/console/audit`);
    await page.getByText("Rewritten: the first").waitFor();
    // Looked at again while nobody meddles, it fits what was remembered: a bad answer is not remembered.
    await page.unroute("**/v1/audit/proofs/consistency**");
    await page.goto(`${world.shop.url}/console/audit`);
    await page.getByText("Only grew since").waitFor();
    // A checkpoint of another log, kept by somebody.
    const other = await world.airlineClient.audit.checkpoint();
    await page.getByLabel(visitor.text("audit.keptField"), { exact: true }).fill(other.note);
    await visitor.press("audit.hold");
    await visitor.sees("audit.unsigned");
  });

  it("says on an empty node what to do next", async () => {
    const visitor = await Visitor.open(browser, world.airline.url, "en");
    await visitor.signIn(world.administrator.apiKey);
    const empty: [path: string, text: TextKey][] = [
      ["/reconciliations", "reconciliations.emptyHint"],
      ["/inconsistencies", "inconsistencies.emptyOpenHint"],
      ["/limits", "limits.emptyHint"],
      ["/webhooks", "webhooks.emptyHint"],
      ["/members", "members.startHint"],
    ];
    for (const [path, text] of empty) {
      await visitor.goTo(path);
      await visitor.sees(text);
    }
  });
});
