// The pictures of the operator's guide: every page, in both languages, of nodes that have something to show. Made anew
// with `npm run pictures`; what a page is made of is held to account elsewhere.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { languages } from "../src/i18n/define-texts.ts";
import { Receiver } from "./support/receiver.ts";
import { fill, type Showcase } from "./support/showcase.ts";
import { openBrowser, Visitor } from "./support/visitor.ts";
import { openWorld, type World } from "./support/world.ts";

const isWanted = process.env["POINTBRIDGE_TEST_PICTURES"] === "1";
const folder = join(import.meta.dirname, "../../../docs/guides/operator/images");

describe.runIf(isWanted)("the pictures", { timeout: 600_000 }, () => {
  let world: World;
  let browser: Browser;
  let receiver: Receiver;
  let shown: Showcase;

  beforeAll(async () => {
    [world, browser, receiver] = await Promise.all([openWorld(), openBrowser(), Receiver.open()]);
    shown = await fill(world, receiver);
    mkdirSync(folder, { recursive: true });
  }, 300_000);
  afterAll(async () => {
    await browser?.close();
    await receiver?.close();
    await world?.close();
  });

  const pages = (): readonly (readonly [name: string, path: string])[] => [
    ["overview", "/"],
    ["exchanges", "/exchanges"],
    ["exchange", `/exchanges/${shown.stuck}`],
    ["members", "/members?user=ann"],
    ["log", "/log"],
    ["rates", "/rates"],
    ["reconciliations", "/reconciliations"],
    ["reconciliation", `/reconciliations/${shown.reconciliationId}`],
    ["inconsistencies", "/inconsistencies"],
    ["alerts", "/alerts"],
    ["receipts", `/receipts?operation=${shown.completed}`],
    ["audit", `/audit?operation=${shown.completed}`],
    ["systems", "/systems"],
    ["system", "/systems/airline"],
    ["links", "/links"],
    ["limits", "/limits"],
    ["keys", "/keys"],
    ["api-keys", "/api-keys"],
    ["webhooks", "/webhooks?id=warehouse"],
  ];

  it.each(languages)("of every page in %s", async (language) => {
    const visitor = await Visitor.open(browser, world.shop.url, language);
    await visitor.page.locator("#api-key").waitFor();
    writeFileSync(join(folder, `sign-in-${language}.webp`), await visitor.takePicture());
    await visitor.signIn(world.approver.apiKey);
    const cut: string[] = [];
    for (const [name, path] of pages()) {
      await visitor.goTo(path);
      await visitor.page.waitForTimeout(900);
      const wide = await visitor.page.evaluate(
        () =>
          [...document.querySelectorAll(".ant-table-content, main")].filter(
            (part) => part.scrollWidth > part.clientWidth + 1,
          ).length,
      );
      if (wide > 0) cut.push(name);
      const picture = await visitor.takePicture();
      expect(picture.length).toBeGreaterThan(5_000);
      writeFileSync(join(folder, `${name}-${language}.webp`), picture);
    }
    // What has to be scrolled aside to be seen is on no picture.
    expect(cut).toEqual([]);
    expect(visitor.takeComplaints()).toEqual([]);
  });
});
