// The fourteen tasks of operators, each done in a real browser against real nodes, in both languages, in at most the
// presses that the guide gives. A soak (POINTBRIDGE_TEST_SOAK=1); every run does some of them in walk.test.ts.
import { readFileSync } from "node:fs";
import { newOperationId } from "@pointbridge/sdk";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Language, languages } from "../src/i18n/define-texts.ts";
import { pressesFor, readTasks } from "./support/guide.ts";
import { ageDeliveries, forget } from "./support/passing-queries.ts";
import { Receiver } from "./support/receiver.ts";
import { openBrowser, Visitor } from "./support/visitor.ts";
import { addMember, back, makeStuck, openWorld, type Person, route, type World } from "./support/world.ts";

const isSoak = process.env["POINTBRIDGE_TEST_SOAK"] === "1";

describe("the guide", () => {
  it("promises the same in both languages", () => {
    const [english, chinese] = languages.map((language) => readTasks(language).map(({ presses }) => presses));
    expect(english?.length).toBeGreaterThanOrEqual(14);
    expect(chinese).toEqual(english);
  });
});

describe.runIf(isSoak)("the tasks", { timeout: 180_000 }, () => {
  let world: World;
  let browser: Browser;
  let receiver: Receiver;
  const visitors = new Map<string, Visitor>();

  beforeAll(async () => {
    [world, browser, receiver] = await Promise.all([openWorld(), openBrowser(), Receiver.open()]);
  }, 180_000);
  afterAll(async () => {
    await browser?.close();
    await receiver?.close();
    await world?.close();
  });

  async function at(person: Person, language: Language): Promise<Visitor> {
    const key = `${person.name} ${language}`;
    const visitor = visitors.get(key) ?? (await Visitor.open(browser, world.shop.url, language));
    if (!visitors.has(key)) await visitor.signIn(person.apiKey);
    visitors.set(key, visitor);
    await visitor.goTo("/");
    visitor.takeComplaints();
    return visitor;
  }

  /** From the overview on; the browser must not complain, and the hand must not do more than the guide says. */
  async function perform(
    title: string,
    person: Person,
    language: Language,
    work: (visitor: Visitor) => Promise<void>,
  ): Promise<void> {
    const visitor = await at(person, language);
    await visitor.takePresses();
    await work(visitor);
    const presses = await visitor.takePresses();
    expect(presses).toBeGreaterThan(0);
    expect({ title, presses }).toEqual({ title, presses: Math.min(presses, pressesFor(title)) });
    expect(visitor.takeComplaints()).toEqual([]);
  }

  async function find(visitor: Visitor, text: string): Promise<void> {
    const { page } = visitor;
    await page.keyboard.press("Control+k");
    await page.getByRole("combobox").last().fill(text);
    await page.locator(".palette-kind").first().waitFor();
    await page.keyboard.press("Enter");
  }

  describe.each(languages)("in %s", (language) => {
    const user = language === "en" ? "wei" : "mei";

    it("1, 4: a member's stuck exchange is found and asked again; why the partner fails is seen", async () => {
      const stuck = await makeStuck(world, user);
      await perform("See why a partner fails", world.viewer, language, async (visitor) => {
        await visitor.follow("shell.partners");
        await visitor.page.getByRole("link", { name: "airline" }).click();
        await visitor.sees("network.lastAnswers");
        await visitor.page.locator("main .why-not").first().waitFor();
      });
      await perform("A member asks where their points are", world.approver, language, async (visitor) => {
        await find(visitor, user);
        await visitor.sees("members.answerUnderWay", { count: "1" });
        await visitor.page.getByRole("link", { name: stuck }).first().click();
        await visitor.sees("exchanges.stepadd_target_credits");
      });
      const visitor = await at(world.approver, language);
      await visitor.goTo(`/exchanges/${stuck}`);
      await visitor.takePresses();
      await visitor.press("exchanges.askAgain");
      await visitor.confirm("exchanges.askAgain");
      expect(await visitor.takePresses()).toBeLessThanOrEqual(pressesFor("Ask a partner again"));
      await visitor.sees("exchanges.askedAgain");
      world.gate.isOpen = true;
      await world.client.exchanges.askAgain(stuck);
      await visitor.page.locator(".passage-completed").waitFor();
      expect((await world.client.exchanges.get(stuck)).status).toBe("completed");
    });

    it("2, 3: a rate is approved, and another rejected", async () => {
      const rates = language === "en" ? ["1.5", "2.5"] : ["1.1", "2.1"];
      for (const [index, rate] of rates.entries()) {
        const change = await world.client.rates.put({ ...back, rate });
        const verb = index === 0 ? "rates.approve" : "rates.reject";
        await perform("Approve or reject a change of a rate", world.approver, language, async (visitor) => {
          await visitor.follow("shell.rates");
          await visitor.press(verb);
          await visitor.confirm(verb);
          await visitor.sees("rates.waitingNone");
        });
        const { status } = await world.client.rates.getChange(change.operation_id);
        expect(status).toBe(index === 0 ? "completed" : "failed");
      }
    });

    it("5: a limit is raised, unless it has changed since it was looked at", async () => {
      const id = `day-${user}`;
      const shop = { side: "source", source_system: "shop", credit_type_id: "point" } as const;
      await world.client.limits.put(id, { ...shop, measure: "day_amount", bound: "5000" });
      const change = (visitor: Visitor) =>
        visitor.page
          .getByRole("row", { name: new RegExp(`^${id}`) })
          .getByRole("button", { name: visitor.text("limits.change"), exact: true });
      await perform("Raise a limit", world.administrator, language, async (visitor) => {
        await visitor.follow("shell.limits");
        await change(visitor).click();
        await visitor.dialog.locator("input").first().fill("8000");
        await visitor.confirm("parts.save");
      });
      expect((await world.client.limits.get(id)).bound).toBe(8000n);
      const visitor = await at(world.administrator, language);
      await visitor.follow("shell.limits");
      await change(visitor).click();
      await world.client.limits.put(id, { ...shop, measure: "day_amount", bound: "6000" });
      const { dialog } = visitor;
      await dialog.locator("input").first().fill("9000");
      await dialog.locator(".field:has(.phrase) input").fill("9000");
      await visitor.press("parts.save", dialog.locator(".ant-modal-footer"));
      const values = { now: "6,000 point", before: "8,000 point" };
      await dialog.getByRole("alert").getByText(visitor.text("limits.stale", values)).waitFor();
      expect((await world.client.limits.get(id)).bound).toBe(6000n);
      await world.client.limits.delete(id);
    });

    it("6: a partner is suspended, and let back in", async () => {
      await perform("Suspend a partner", world.administrator, language, async (visitor) => {
        await visitor.follow("shell.partners");
        await visitor.page.getByRole("link", { name: "airline" }).click();
        await visitor.press("network.suspend");
        expect(await visitor.button("network.suspend", visitor.dialog).isDisabled()).toBe(true);
        await visitor.confirm("network.suspend");
        await visitor.sees("statuses.suspended");
      });
      expect((await world.client.systems.get("airline")).status).toBe("suspended");
      const visitor = await at(world.administrator, language);
      await visitor.goTo("/systems/airline");
      await visitor.press("network.resume");
      await visitor.confirm("network.resume");
      const airline = await world.client.systems.get("airline");
      expect(airline).toMatchObject({ status: "active", base_url: world.gate.url });
      expect(airline.keys?.keys).toHaveLength(1);
    });

    it("7: a member is pointed elsewhere", async () => {
      const member = `re-${user}`;
      await addMember(world, member, 10n);
      await perform("Point a member elsewhere", world.approver, language, async (visitor) => {
        await find(visitor, member);
        await visitor.press("members.repoint");
        await visitor.dialog.locator("input").first().fill(`other-${user}`);
        await visitor.confirm("members.repoint");
        await visitor.page.getByText(`other-${user}`).waitFor();
      });
      const key = { source_system: "shop", source_user_id: member, target_system: "airline" };
      expect(await world.client.mappings.get(key)).toMatchObject({ target_user_id: `other-${user}` });
    });

    it("8: a run finds what the partner has lost; one person proposes to send it again, another approves", async () => {
      const lost = [newOperationId(), newOperationId()];
      await forget(world.airline.databaseUrl, async () => {
        const lines = lost.map((id) => ({ ...route, operation_id: id, user_id: "ann", amount: 100n }));
        await world.client.exchanges.createBatch(lines);
        await Promise.all(lost.map((id) => untilCompleted(world, id)));
      });
      await perform("Reconcile", world.administrator, language, async (visitor) => {
        await visitor.follow("shell.reconciliations");
        await visitor.press("reconciliations.compare");
        await visitor.choose(visitor.text("reconciliations.pair"), "shop → airline");
        await visitor.confirm("reconciliations.compare");
        for (const id of lost) await visitor.page.locator(`tr[data-row-key$="${id}"]`).waitFor();
      });
      const [run] = (await world.client.reconciliations.list({ limit: 1 }).page()).items;
      const runId = run?.reconciliation_id ?? "";
      await perform("Approve repairs", world.approver, language, async (visitor) => {
        await visitor.follow("shell.reconciliations");
        await visitor.page.locator("main tbody a").first().click();
        for (const id of lost) await visitor.page.locator(`tr[data-row-key$="${id}"]`).waitFor();
        await visitor.page.locator("thead .ant-checkbox-input").check();
        await visitor.press("reconciliations.approve");
        await visitor.confirm("reconciliations.approve");
      });
      await expect
        .poll(async () => (await world.client.reconciliations.get(runId)).open_mismatches_count, {
          timeout: 60_000,
        })
        .toBe(0);
      const found = await world.client.reconciliations.listMismatches(runId, { limit: 10 }).toArray();
      const mended = found.filter(({ operation_id: id }) => lost.includes(id));
      expect(mended.map(({ status, resolution }) => `${status} ${resolution}`)).toEqual([
        "resolved repaired",
        "resolved repaired",
      ]);
    });

    it("9: a month is exported for finance", async () => {
      let path = "";
      await perform("Export a month for finance", world.viewer, language, async (visitor) => {
        await visitor.follow("shell.exchanges");
        await visitor.page.locator(".filter-period input").first().click();
        await visitor.page
          .locator(".ant-picker-presets li")
          .getByText(visitor.text("exchanges.thisMonth"), { exact: true })
          .click();
        await visitor.page.waitForURL(/after=/);
        const download = visitor.page.waitForEvent("download");
        await visitor.press("exchanges.csv");
        path = await (await download).path();
      });
      const [head = "", ...lines] = readFileSync(path, "utf8").trim().split("\r\n");
      expect(head.replace("\uFEFF", "")).toMatch(/^operation_id,status,created_at,/);
      const rows = await world.client.exchanges.list({ limit: 1000 }).toArray();
      expect(lines).toHaveLength(rows.length);
      const ids = new Set(lines.map((line) => line.split(",")[0]));
      expect(ids).toEqual(new Set(rows.map(({ operation_id: id }) => id)));
    });

    it("10: the node's key is rotated", async () => {
      const before = await world.client.keys.list();
      await perform("Rotate the signing key", world.administrator, language, async (visitor) => {
        await visitor.follow("shell.keys");
        await visitor.press("settings.rotate");
        await visitor.confirm("settings.rotate");
        await visitor.sees("settings.retiring");
      });
      const keys = await world.client.keys.list();
      expect(keys.keys).toHaveLength(before.keys.length + 1);
      // As its operator does, who was handed the set.
      const { name, kind, base_url } = await world.airlineClient.systems.get("shop");
      await world.airlineClient.systems.put("shop", { name, kind, base_url, keys });
    });

    it("11: an inconsistency is settled with a note", async () => {
      await forget(world.airline.databaseUrl, async () => {
        const id = newOperationId();
        await world.client.exchanges.create({ ...route, operation_id: id, user_id: "bo", amount: 50n });
        await untilCompleted(world, id);
      });
      const window = {
        start_time: new Date(Date.now() - 3_600_000),
        end_time: new Date(Date.now() + 60_000),
      };
      await world.client.reconciliations.create(
        {
          source_system: "shop",
          target_system: "airline",
          start_time: window.start_time.toISOString(),
          end_time: window.end_time.toISOString(),
        },
        { waitSeconds: 10 },
      );
      const open = { type: "cross_system_reconciliation", status: "open" } as const;
      const [opened] = (await world.client.inconsistencies.list(open).page()).items;
      const id = opened?.id ?? "";
      await perform("Settle an inconsistency", world.approver, language, async (visitor) => {
        await visitor.follow("shell.inconsistencies");
        await visitor.page.locator(`main a[href*="${encodeURIComponent(id)}"]`).click();
        await visitor.press("inconsistencies.takeOn");
        await visitor.page.getByText("→ amy").first().waitFor();
        await visitor.press("inconsistencies.resolve");
        const { dialog } = visitor;
        await dialog.locator("input").first().fill("credited by hand");
        await dialog.locator("textarea").fill("by telephone");
        await visitor.press("inconsistencies.resolve", dialog.locator(".ant-modal-footer"));
        await visitor.page.locator(".ant-modal-footer").waitFor({ state: "hidden" });
      });
      expect(await world.client.inconsistencies.get(id)).toMatchObject({
        status: "resolved",
        resolution: "credited by hand",
        note: "by telephone",
        resolved_by: "amy",
      });
    });

    it("12: what a webhook gave up is sent again", async () => {
      const id = `books-${user}`;
      receiver.refuse(`refused-${user}`);
      await world.client.webhooks.put(id, { url: receiver.url });
      const credit = { system_id: "shop", credit_type_id: "point", amount: 5n } as const;
      await world.client.credits.create({ ...credit, user_id: `refused-${user}` });
      await expect.poll(() => ageDeliveries(world.shop.databaseUrl, id), { timeout: 60_000 }).toBe(1);
      await expect
        .poll(
          async () => {
            await world.client.credits.create({ ...credit, user_id: "ann" });
            return (await world.client.webhooks.get(id)).dead_count;
          },
          { timeout: 60_000, interval: 500 },
        )
        .toBe(1);
      receiver.mend();
      await perform("Send what a webhook gave up", world.administrator, language, async (visitor) => {
        await visitor.follow("shell.webhooks");
        await visitor.press("webhooks.replayAll");
        await visitor.confirm("webhooks.replay");
      });
      await expect
        .poll(() => receiver.taken.filter((body) => body.includes(`refused-${user}`)).length, {
          timeout: 60_000,
        })
        .toBeGreaterThan(0);
      await world.client.webhooks.delete(id);
    });

    it("13: a receipt is verified", async () => {
      const { items } = await world.client.exchanges.list({ status: "completed", user_id: "cleo" }).page();
      const id = items[0]?.operation_id ?? "";
      await perform("Verify a receipt", world.viewer, language, async (visitor) => {
        await visitor.follow("shell.receipts");
        await visitor.page.getByLabel(visitor.text("receipts.exchange")).fill(id);
        await visitor.page.keyboard.press("Enter");
        await visitor.sees("receipts.holds");
      });
      // One that was altered on its way does not hold.
      const receipt = await world.client.exchanges.receipt(id);
      const content = JSON.parse(atob(receipt.payload)) as object;
      const payload = btoa(JSON.stringify({ ...content, target_amount: "999999" }));
      const visitor = await at(world.viewer, language);
      await visitor.goTo("/receipts");
      await visitor.page
        .getByLabel(visitor.text("receipts.field"), { exact: true })
        .fill(JSON.stringify({ ...receipt, payload: payload.replace(/=+$/, "") }));
      await visitor.press("receipts.verify");
      await visitor.sees("receipts.doesNotHold");
    });

    it("14: a partner is brought on board", async () => {
      const id = `hotel-${user}`;
      // A partner's key, as its node would show it: of a third node, which nobody knows here.
      const { publicKey } = await crypto.subtle.generateKey("Ed25519", true, ["sign", "verify"]);
      const { kty, crv, x } = await crypto.subtle.exportKey("jwk", publicKey);
      await perform("Bring a partner on board", world.administrator, language, async (visitor) => {
        await visitor.follow("shell.partners");
        await visitor.press("network.add");
        const { dialog } = visitor;
        const field = (key: Parameters<Visitor["text"]>[0]) =>
          dialog.getByLabel(visitor.text(key), { exact: true });
        await field("network.id").fill(id);
        await field("network.name").fill("Hotel");
        await field("network.creditType").fill("night");
        await visitor.press("network.next", dialog);
        await field("network.address").fill("http://127.0.0.1:9");
        await field("network.keys").fill(JSON.stringify({ keys: [{ kty, crv, x }] }));
        await visitor.press("network.next", dialog);
        expect(await visitor.button("network.add", dialog).isDisabled()).toBe(true);
        await dialog.getByRole("checkbox").check();
        await visitor.press("network.add", dialog);
        await visitor.page.getByRole("heading", { name: id }).waitFor();
        await visitor.press("network.addLink");
        await visitor.confirm("network.addLink");
        await visitor.page.locator(".live-step").getByText(`shop → ${id}`).first().waitFor();
      });
      expect((await world.client.systems.get(id)).keys?.keys[0]?.x).toBe(x);
      const [link] = await world.client.links.list({ source_system: "shop", target_system: id }).toArray();
      expect(link).toMatchObject({ enabled: true });
      // The call to a partner that is there, and to one that is not.
      const visitor = await at(world.administrator, language);
      await visitor.goTo("/systems/airline");
      await visitor.press("network.testCall");
      await visitor.sees("network.answered");
      await visitor.goTo(`/systems/${id}`);
      await visitor.press("network.testCall");
      await visitor.sees("network.notAnswered");
    });
  });
});

async function untilCompleted(world: World, id: string): Promise<void> {
  await expect
    .poll(async () => (await world.client.exchanges.get(id)).status, { timeout: 60_000 })
    .toBe("completed");
}
