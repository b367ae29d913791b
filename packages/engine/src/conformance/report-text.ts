// The report for a terminal: a line per check, and of each that failed what was sent, what came, what was expected.

import { countResults, isConformant, type Report } from "./report.ts";
import type { CheckResult, Trace } from "./result.ts";
import { rules } from "./rules.ts";

/** Styles of a terminal; plain ones leave the text as it is. */
export interface Styles {
  readonly good: (text: string) => string;
  readonly bad: (text: string) => string;
  readonly soft: (text: string) => string;
  readonly strong: (text: string) => string;
}

const unchanged = (text: string) => text;
export const plainStyles: Styles = { good: unchanged, bad: unchanged, soft: unchanged, strong: unchanged };

function escaped(code: number): (text: string) => string {
  return (text) => `\u001b[${code}m${text}\u001b[0m`;
}

export const colorStyles: Styles = {
  good: escaped(32),
  bad: escaped(31),
  soft: escaped(2),
  strong: escaped(1),
};

const ID_WIDTH = 40;
const BODY_SHOWN_MAX = 600;

export function describeResult(result: CheckResult, styles: Styles): string {
  const { status, level, id, title, reason } = result;
  const failed = level === "must" ? styles.bad("FAILED ") : "failed ";
  const mark = { ok: styles.good("ok     "), failed, skipped: styles.soft("skipped") }[status];
  const note = reason === undefined ? "" : `\n           ${styles.soft(reason)}`;
  return `  ${mark}  ${id.padEnd(ID_WIDTH)} ${title}${note}\n`;
}

function clip(text: string): string {
  const line = text.replaceAll(/\s*\n\s*/g, " ");
  return line.length > BODY_SHOWN_MAX ? `${line.slice(0, BODY_SHOWN_MAX)}…` : line;
}

function describeTrace({ request, answer }: Trace): string[] {
  const came =
    "none" in answer
      ? `no answer (${answer.none})`
      : `${answer.status} ${clip(answer.body)}  (${answer.durationMs} ms)`;
  const path = new URL(request.url).pathname;
  return [`    sent      ${request.method} ${path} ${clip(request.body)}`, `    came      ${came}`];
}

/** The last calls of a check are those that it failed on. */
const TRACES_SHOWN_MAX = 3;

function describeFailure(result: CheckResult, styles: Styles): string {
  const { profile, id, title, rule, level, expected = "", received = "", traces } = result;
  const left = traces.length - TRACES_SHOWN_MAX;
  return [
    "",
    `${styles.strong(`${profile} ${id}`)}  (${level})  ${title}`,
    `    rule      ${rules[rule].text}`,
    `    otherwise ${rules[rule].risk}`,
    ...(left > 0 ? [styles.soft(`    … ${left} calls before`)] : []),
    ...traces.slice(-TRACES_SHOWN_MAX).flatMap(describeTrace),
    `    expected  ${clip(expected)}`,
    `    received  ${styles.bad(clip(received))}`,
    "",
  ].join("\n");
}

/** What is said before the first check. */
export function describeStart(
  report: Pick<Report, "baseUrl" | "partnerSystem" | "profiles" | "partnerKeys">,
): string {
  const keys =
    report.partnerKeys === "given"
      ? "by the partner's keys as given"
      : "by the keys that the node itself named: who it is has not been shown (--keys FILE)";
  return [
    `pxp/1 conformance of ${report.baseUrl}, system ${report.partnerSystem}, as ${report.profiles.join(" and ")}`,
    `answers are verified ${keys}`,
    "",
  ].join("\n");
}

/** What is said before the first check of a profile. */
export function describeProfile(profile: string, checkCount: number, styles: Styles): string {
  return `\n${styles.strong(profile)}, ${checkCount} checks\n`;
}

/** What is said after the last check: failures in full, and the verdict. */
export function describeEnd(report: Report, styles: Styles): string {
  const { ok, failed, failedMust, skipped } = countResults(report.results);
  const failures = report.results.filter(({ status }) => status === "failed");
  const shown = failures.map((result) => describeFailure(result, styles)).join("\n");
  const left = report.leftovers.map((text) => `left behind: ${text}\n`).join("");
  const verdict = isConformant(report)
    ? styles.good("conformant: no must failed")
    : styles.bad(`not conformant: ${failedMust} must failed`);
  const counts = `${ok} ok, ${failed} failed (${failedMust} must), ${skipped} skipped`;
  return `${shown}\n${left}${counts} in ${(report.durationMs / 1000).toFixed(1)} s; ${verdict}\n`;
}
