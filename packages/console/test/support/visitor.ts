// A person at a browser: signs in, goes about by what is written on the page, and notes what goes wrong meanwhile.
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { type Browser, chromium, type Locator, type Page } from "playwright-core";
import { type Language, pickLanguage } from "../../src/i18n/define-texts.ts";
import type { TextKey } from "../../src/i18n/index.ts";
import { catalogues } from "../../src/i18n/texts/index.ts";

/** Either the path of one, or why there is none. */
interface FoundBrowser {
  readonly path?: string;
  /** Where libraries lie that the machine lacks. */
  readonly libraries?: string;
  readonly reason: string;
}

/** Builds the console where its sources have changed, and looks for a browser. */
function prepare(): FoundBrowser {
  const root = join(import.meta.dirname, "../../../..");
  const script = join(root, "tools/test-browser.ts");
  const { status, stdout } = spawnSync(process.execPath, [script], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", 2],
  });
  if (status !== 0) throw new Error("the console could not be built; what was said is above");
  return JSON.parse(stdout) as FoundBrowser;
}

const flags = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export const browserFound: FoundBrowser = prepare();

export async function openBrowser(): Promise<Browser> {
  const { path, libraries, reason } = browserFound;
  if (path === undefined) throw new Error(reason);
  const env = Object.fromEntries(
    Object.entries(process.env).filter((pair): pair is [string, string] => pair[1] !== undefined),
  );
  if (libraries !== undefined) env["LD_LIBRARY_PATH"] = libraries;
  return chromium.launch({ executablePath: path, args: flags, env });
}

/** A text as the page has it, with values put in. */
export function textIn(
  language: Language,
  key: TextKey,
  values: Readonly<Record<string, string>> = {},
): string {
  const [area = "", name = ""] = key.split(".");
  const texts = pickLanguage(catalogues[area as keyof typeof catalogues], language);
  return (texts[name] ?? key).replaceAll(/\{\{(\w+)\}\}/g, (_match, value: string) => values[value] ?? "");
}

const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

interface AxeViolation {
  readonly id: string;
  readonly nodes: readonly { readonly target: readonly string[]; readonly failureSummary?: string }[];
}

export type Scheme = "light" | "dark";

export class Visitor {
  readonly page: Page;
  readonly #language: Language;
  /** What the browser complained of: refused by the page's policy, thrown, not loaded. */
  readonly complaints: string[] = [];

  private constructor(page: Page, language: Language) {
    this.page = page;
    this.#language = language;
    page.setDefaultTimeout(60_000);
    page.on("pageerror", (error) => this.complaints.push(String(error)));
    page.on("console", (message) => {
      const text = message.text();
      // Nobody signed in yet, or nothing there under the id that was looked for: the page's own business.
      const isAnswer = /status of (401|404|409) /.test(text);
      if (message.type() === "error" && !isAnswer) this.complaints.push(text);
    });
  }

  static async open(browser: Browser, url: string, language: Language): Promise<Visitor> {
    const visitor = await Visitor.prepare(browser, language);
    await visitor.page.goto(`${url}/console`);
    return visitor;
  }

  /** A browser of its own, with nothing cached, that has not gone anywhere yet. */
  static async prepare(browser: Browser, language: Language): Promise<Visitor> {
    const context = await browser.newContext({
      viewport: { width: 1440, height: 900 },
      locale: language,
      timezoneId: "Asia/Shanghai",
      reducedMotion: "reduce",
      acceptDownloads: true,
    });
    const preferences = JSON.stringify({ language, theme: "light", clock: "local" });
    await context.addInitScript(
      (value) => localStorage.setItem("pointbridge.preferences", value),
      preferences,
    );
    // What the hand does: presses of the mouse and of keys that do something, not the words that are typed.
    await context.addInitScript(() => {
      const count = () =>
        sessionStorage.setItem("presses", String(Number(sessionStorage.getItem("presses")) + 1));
      addEventListener("pointerdown", (event) => (event.isTrusted ? count() : undefined), true);
      addEventListener(
        "keydown",
        (event) => (event.key === "Enter" || (event.ctrlKey && event.key === "k") ? count() : undefined),
        true,
      );
    });
    return new Visitor(await context.newPage(), language);
  }

  text(key: TextKey, values: Readonly<Record<string, string>> = {}): string {
    return textIn(this.#language, key, values);
  }

  async signIn(apiKey: string): Promise<void> {
    await this.page.locator("#api-key").fill(apiKey);
    await this.page.keyboard.press("Enter");
    await this.page.locator(".frame").waitFor();
  }

  /** Goes to an address as a link would, without loading the console anew; waits until it shows what it has. */
  async goTo(path: string): Promise<void> {
    const address = `/console${path === "/" ? "" : path}`;
    await this.page.evaluate((to) => history.pushState({}, "", to), address);
    const shown = decodeURI(path.split("?")[0] ?? "");
    await this.page.locator(`main[data-shown="${shown}"]`).waitFor();
    await this.settle();
  }

  /** Until nothing on the page is being loaded. */
  async settle(): Promise<void> {
    await this.page.waitForFunction(
      () =>
        document.querySelector("h1") !== null &&
        document.querySelector("main .ant-skeleton, main .ant-spin-spinning") === null,
    );
  }

  async follow(key: TextKey): Promise<void> {
    await this.page
      .locator(".navigation")
      .getByRole("link", { name: this.text(key), exact: true })
      .click();
    await this.settle();
  }

  button(key: TextKey, within: Locator | Page = this.page): Locator {
    return within.getByRole("button", { name: this.text(key), exact: true });
  }

  async press(key: TextKey, within: Locator | Page = this.page): Promise<void> {
    await this.button(key, within).first().click();
  }

  get dialog(): Locator {
    return this.page.getByRole("dialog").last();
  }

  /** Types what the dialog asks to be typed, and presses its button; waits until it is gone. */
  async confirm(verb: TextKey): Promise<void> {
    const dialog = this.dialog;
    const phrase = dialog.locator(".phrase");
    if ((await phrase.count()) > 0) {
      const field = dialog.locator(".field:has(.phrase) input");
      await field.fill((await phrase.textContent()) ?? "");
    }
    await this.press(verb, dialog.locator(".ant-modal-footer"));
    await dialog.waitFor({ state: "hidden" });
  }

  async sees(key: TextKey, values: Readonly<Record<string, string>> = {}): Promise<void> {
    await this.page.getByText(this.text(key, values), { exact: false }).first().waitFor();
  }

  async choose(label: string, option: string): Promise<void> {
    await this.page.getByRole("combobox", { name: label }).last().click();
    await this.page.locator(".ant-select-dropdown:visible").getByText(option, { exact: true }).click();
  }

  /** What axe finds wrong with the page as it stands. */
  async findViolations(): Promise<string[]> {
    await this.page.evaluate(axeSource);
    const violations = await this.page.evaluate(async () => {
      const { axe } = globalThis as unknown as {
        axe: { run: (context: Document, options: object) => Promise<{ violations: AxeViolation[] }> };
      };
      return (await axe.run(document, { resultTypes: ["violations"] })).violations;
    });
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id}: ${target.join(" ")} ${failureSummary ?? ""}`),
    );
  }

  /** Texts of the page that stand in the other language. */
  async findForeignTexts(): Promise<string[]> {
    const other: Language = this.#language === "en" ? "zh-CN" : "en";
    const own = new Set(
      Object.values(catalogues).flatMap((texts) => Object.values(pickLanguage(texts, this.#language))),
    );
    const foreign = new Set(
      Object.values(catalogues)
        .flatMap((texts) => Object.values(pickLanguage(texts, other)))
        .filter((text) => !own.has(text) && /[ \p{Script=Han}]/u.test(text)),
    );
    const lines = (await this.page.locator("body").innerText()).split("\n").map((line) => line.trim());
    return lines.filter((line) => foreign.has(line));
  }

  /** How often something was pressed since the last time. */
  async takePresses(): Promise<number> {
    return this.page.evaluate(() => {
      const presses = Number(sessionStorage.getItem("presses"));
      sessionStorage.removeItem("presses");
      return presses;
    });
  }

  /** The page as it is seen, small enough to stand in the documentation. */
  async takePicture(): Promise<Buffer> {
    const session = await this.page.context().newCDPSession(this.page);
    // A page with little on it ends below its last panel, or the navigation's last page.
    const height = await this.page.evaluate(() => {
      const ends = [...document.querySelectorAll(".page > *, .nav-group")].map(
        (part) => part.getBoundingClientRect().bottom,
      );
      return ends.length === 0 ? innerHeight : Math.min(innerHeight, Math.ceil(Math.max(...ends)) + 32);
    });
    const { data } = await session.send("Page.captureScreenshot", {
      format: "webp",
      quality: 82,
      clip: { x: 0, y: 0, width: 1440, height, scale: 1 },
    });
    await session.detach();
    return Buffer.from(data, "base64");
  }

  /** What the browser has complained of since the last time. */
  takeComplaints(): string[] {
    return this.complaints.splice(0);
  }

  async changeScheme(scheme: Scheme): Promise<void> {
    await this.page
      .locator(".top-tools")
      .getByRole("button", { name: this.text("shell.theme") })
      .click();
    const name = this.text(scheme === "dark" ? "shell.themeDark" : "shell.themeLight");
    await this.page.getByRole("menuitem", { name }).click();
    await this.page.locator(".ant-dropdown:visible").waitFor({ state: "hidden" });
  }
}
