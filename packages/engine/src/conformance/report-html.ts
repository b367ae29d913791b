// The report as one file of HTML, without scripts and without anything from elsewhere.

import { countResults, isConformant, type Report } from "./report.ts";
import type { CheckResult, Trace } from "./result.ts";
import { rules } from "./rules.ts";

const entities: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

function escape(text: string): string {
  return text.replace(/[&<>"]/g, (character) => entities[character] ?? character);
}

const style = `
:root { color-scheme: light dark; --text: #1d2430; --soft: #5b6675; --line: #dfe4ea; --back: #fff; --panel: #f6f8fa; --good: #0a6b4f; --bad: #b3261e; }
@media (prefers-color-scheme: dark) { :root { --text: #e4e8ee; --soft: #a0abb9; --line: #313a46; --back: #14181d; --panel: #1b2128; --good: #5ed0a6; --bad: #ff8a80; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 72rem; padding: 1.5rem; color: var(--text); background: var(--back); font: 15px/1.5 system-ui, "Segoe UI", "Noto Sans", "Noto Sans CJK SC", sans-serif; }
h1 { font-size: 1.6rem; margin: 0 0 .5rem; } h2 { margin: 2.5rem 0 .5rem; font-size: 1.2rem; text-transform: capitalize; }
.verdict { font-weight: 650; } .good { color: var(--good); } .bad { color: var(--bad); } .soft { color: var(--soft); }
table { width: 100%; border-collapse: collapse; font-size: 14px; }
th { text-align: left; font-weight: 600; color: var(--soft); }
th, td { padding: .35rem .75rem .35rem 0; border-bottom: 1px solid var(--line); vertical-align: top; overflow-wrap: anywhere; }
td:first-child { width: 5.5rem; font-weight: 600; } td:nth-child(2) { width: 17rem; } td:nth-child(3) { width: 4.5rem; }
dl { display: grid; grid-template-columns: 6rem minmax(0, 1fr); gap: .2rem .75rem; margin: .5rem 0; } dt { color: var(--soft); } dd { margin: 0; }
code, pre { font: .9em ui-monospace, "Cascadia Mono", "DejaVu Sans Mono", monospace; }
pre { margin: .4rem 0; padding: .6rem .8rem; background: var(--panel); border: 1px solid var(--line); border-radius: 6px; white-space: pre-wrap; overflow-wrap: anywhere; }
details { margin: .3rem 0; } summary { cursor: pointer; color: var(--soft); }
`;

function headerLines(headers: Readonly<Record<string, string | readonly string[]>>): string[] {
  return Object.entries(headers).flatMap(([name, value]) =>
    [value].flat().map((one) => `${name}: ${String(one)}`),
  );
}

function describeTrace({ atMs, request, answer }: Trace): string {
  const sent = [`${request.method} ${request.url}`, ...headerLines(request.headers), "", request.body];
  const came =
    "none" in answer
      ? [`no answer: ${answer.none}`]
      : [`${answer.status}  after ${answer.durationMs} ms`, ...headerLines(answer.headers), "", answer.body];
  return `<p class="soft">${atMs} ms</p><pre>${escape(sent.join("\n"))}</pre><pre>${escape(came.join("\n"))}</pre>`;
}

function describeDetails(result: CheckResult): string {
  const { rule, reason, expected, received, traces, status } = result;
  const facts: Array<[string, string]> = [
    ["rule", rules[rule].text],
    ...(status === "failed" ? ([["otherwise", rules[rule].risk]] as Array<[string, string]>) : []),
    ...(reason === undefined ? [] : ([["reason", reason]] as Array<[string, string]>)),
    ...(expected === undefined ? [] : ([["expected", expected]] as Array<[string, string]>)),
    ...(received === undefined ? [] : ([["received", received]] as Array<[string, string]>)),
  ];
  const list = facts.map(([name, text]) => `<dt>${name}</dt><dd>${escape(text)}</dd>`).join("");
  const calls =
    traces.length === 0 || status === "ok"
      ? ""
      : `<details><summary>${traces.length} calls</summary>${traces.map(describeTrace).join("")}</details>`;
  return status === "ok"
    ? `<span class="soft">${escape(rules[rule].text)}</span>`
    : `<dl>${list}</dl>${calls}`;
}

function describeRow(result: CheckResult): string {
  const { status, level, id, title } = result;
  const mark = { ok: "good", failed: level === "must" ? "bad" : "", skipped: "soft" }[status];
  const cells = [
    `<span class="${mark}">${status}</span>`,
    `<code>${escape(id)}</code>`,
    level,
    `${escape(title)}<br>${describeDetails(result)}`,
  ];
  return `<tr>${cells.map((cell) => `<td>${cell}</td>`).join("")}</tr>`;
}

function describeProfile(report: Report, profile: string): string {
  const rows = report.results.filter((result) => result.profile === profile).map(describeRow);
  const head = ["", "check", "level", "what is checked"].map((text) => `<th>${text}</th>`).join("");
  return `<h2>${profile}</h2><table><thead><tr>${head}</tr></thead><tbody>${rows.join("\n")}</tbody></table>`;
}

export function toHtml(report: Report): string {
  const { ok, failed, failedMust, skipped } = countResults(report.results);
  const isGood = isConformant(report);
  const verdict = isGood ? "Conformant: no must failed" : `Not conformant: ${failedMust} must failed`;
  const keys =
    report.partnerKeys === "given"
      ? "Answers were verified by the partner's keys as given."
      : "Answers were verified by the keys that the node itself named: who it is has not been shown.";
  const left = report.leftovers.map((text) => `<p>Left behind: ${escape(text)}</p>`).join("");
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>pxp/1 conformance of ${escape(report.partnerSystem)}</title><style>${style}</style></head><body>
<h1>pxp/1 conformance of ${escape(report.partnerSystem)}</h1>
<p class="verdict ${isGood ? "good" : "bad"}">${verdict}</p>
<p><code>${escape(report.baseUrl)}</code> as ${report.profiles.join(" and ")}, ${report.startedAt}, ${(report.durationMs / 1000).toFixed(1)} s: ${ok} ok, ${failed} failed (${failedMust} must), ${skipped} skipped. ${keys}</p>
${left}${report.profiles.map((profile) => describeProfile(report, profile)).join("\n")}
</body></html>
`;
}
