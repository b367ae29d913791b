// What the operator's guide promises: for each task, in how many presses it is done.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Language } from "../../src/i18n/define-texts.ts";

const folder = join(import.meta.dirname, "../../../../docs/guides/operator");

export interface PromisedTask {
  readonly title: string;
  readonly presses: number;
}

/** The tasks of one language's guide, in its order. */
export function readTasks(language: Language): PromisedTask[] {
  const file = language === "en" ? "README.md" : "README.zh-CN.md";
  const text = readFileSync(join(folder, file), "utf8");
  return [...text.matchAll(/^## (.+?) ?[(（](\d+)[)）]$/gm)].map(([, title = "", presses]) => ({
    title,
    presses: Number(presses),
  }));
}

/** @param title as the English guide has it */
export function pressesFor(title: string): number {
  const task = readTasks("en").find((one) => one.title === title);
  if (task === undefined) throw new Error(`the guide has no task "${title}"`);
  return task.presses;
}
