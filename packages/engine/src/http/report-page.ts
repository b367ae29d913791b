// A reconciliation's report as a page that is read on a screen and printed: everything is in the page itself.
//
// H1  Whatever comes from data is escaped, by the one function that makes elements; nothing else makes text into HTML.
import type { v1 } from "@pointbridge/protocol";
import { type ReportWords, reportWords } from "./report-words.ts";

const escapes: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

function escapeText(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => escapes[character] ?? "");
}

/** HTML that is one already. */
class Html {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

type Content = Html | string | number | null | undefined | readonly Content[];

function render(content: Content): string {
  if (content === null || content === undefined) return "";
  if (content instanceof Html) return content.text;
  if (typeof content === "object") return content.map(render).join("");
  return escapeText(String(content)); // H1
}

function element(tag: string, content: Content, className = ""): Html {
  const attribute = className === "" ? "" : ` class="${escapeText(className)}"`;
  return new Html(`<${tag}${attribute}>${render(content)}</${tag}>`);
}

type Column = readonly [heading: string, className?: string];

function table(columns: readonly Column[], rows: readonly (readonly Content[])[], none: string): Html {
  if (rows.length === 0) return element("p", none);
  const head = element(
    "tr",
    columns.map(([heading, className]) => element("th", heading, className)),
  );
  const body = rows.map((row) =>
    element(
      "tr",
      row.map((cell, index) => element("td", cell, columns[index]?.[1])),
    ),
  );
  return element("table", [element("thead", head), element("tbody", body)]);
}

const style = `
:root { color-scheme: light; }
body { font: 14px/1.5 system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif; color: #1b1f24;
  max-width: 1080px; margin: 2rem auto; padding: 0 1.5rem; }
h1 { font-size: 1.6rem; margin: 0 0 .25rem; } h2 { font-size: 1.1rem; margin: 2rem 0 .5rem; }
table { border-collapse: collapse; width: 100%; margin: .5rem 0; font-variant-numeric: tabular-nums; }
th, td { text-align: left; padding: .35rem .6rem; border-bottom: 1px solid #d8dee4; vertical-align: top;
  overflow-wrap: anywhere; }
th { font-weight: 600; border-bottom: 2px solid #8c959f; } .number { text-align: right; white-space: nowrap; }
.verdict { font-size: 1.15rem; font-weight: 600; } .good { color: #116329; } .bad { color: #a40e26; }
.quiet { color: #57606a; } .code { font-family: ui-monospace, Consolas, monospace; font-size: .85em; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .2rem 1.2rem; margin: 1rem 0; } dt { color: #57606a; }
dd { margin: 0; }
@media print { body { margin: 0; max-width: none; font-size: 10.5pt; } h2 { break-after: avoid; }
  tr { break-inside: avoid; } thead { display: table-header-group; } @page { margin: 15mm; } }`;

function grouped(points: string): string {
  return points.replace(/\B(?=(\d{3})+$)/g, "\u202f");
}

function verdictOf(run: v1.Reconciliation, words: ReportWords): Html {
  const [text, mood] =
    run.status === "failed"
      ? [words.failed, "bad"]
      : run.status === "running"
        ? [words.running, "quiet"]
        : run.mismatches_count === 0
          ? [words.agrees, "good"]
          : [words.differs, run.open_mismatches_count === 0 ? "good" : "bad"];
  return element("p", [text, run.failure === null ? "" : `: ${run.failure}`], `verdict ${mood}`);
}

function facts(entries: readonly (readonly [string, Content])[]): Html {
  return element(
    "dl",
    entries.map(([name, value]) => [element("dt", name), element("dd", value)]),
  );
}

function head(run: v1.Reconciliation, words: ReportWords): Html[] {
  const until = run.compared_until !== null && run.compared_until !== run.end_time;
  return [
    element("h1", words.title),
    element("p", run.reconciliation_id, "quiet code"),
    verdictOf(run, words),
    facts([
      [words.pair, `${run.source_system} → ${run.target_system}`],
      [words.period, `${run.start_time} ${words.to} ${run.end_time}`],
      ...(until ? [[words.comparedUntil, run.compared_until] as const] : []),
      [words.ranBy, run.principal],
      [words.ranAt, run.created_at],
      ...(run.repair_stopped === null ? [] : [[words.repairStopped, run.repair_stopped] as const]),
    ]),
  ];
}

function counts(run: v1.Reconciliation, words: ReportWords): Html[] {
  const rows: readonly (readonly [string, number])[] = [
    [words.sourceCount, run.source_operations_count],
    [words.targetCount, run.target_operations_count],
    [words.matched, run.matched_count],
    [words.inFlight, run.in_flight_count],
    [words.lateArrivals, run.late_arrivals_count],
    [words.found, run.mismatches_count],
    [words.stillOpen, run.open_mismatches_count],
  ];
  const cells = rows.map(([name, count]) => [name, grouped(String(count))]);
  return [element("h2", words.counts), table([[""], [words.count, "number"]], cells, words.none)];
}

function totals(run: v1.Reconciliation, words: ReportWords): Html[] {
  const columns: readonly Column[] = [
    [words.comparison],
    [words.creditType],
    [words.ours, "number"],
    [words.theirs, "number"],
    [words.difference, "number"],
  ];
  const rows = run.totals.map(({ leg, credit_type_id: type, ours, theirs }) => [
    words.legs[leg] ?? leg,
    type,
    grouped(ours),
    grouped(theirs),
    grouped(String(BigInt(ours) - BigInt(theirs))),
  ]);
  return [element("h2", words.totals), table(columns, rows, words.none)];
}

function sumValues(mismatches: readonly v1.Mismatch[]): string {
  return grouped(String(mismatches.reduce((sum, one) => sum + BigInt(one.value), 0n)));
}

const DAY_MS = 86_400_000;

function breakdowns(run: v1.Reconciliation, mismatches: readonly v1.Mismatch[], words: ReportWords): Html[] {
  const columns = (name: string): readonly Column[] => [
    [name],
    [words.count, "number"],
    [words.value, "number"],
  ];
  const byType = [...Map.groupBy(mismatches, ({ type }) => type)].map(([type, group]) => [
    words.types[type],
    group.length,
    sumValues(group),
  ]);
  const until = run.ended_at === null ? Date.now() : Date.parse(run.ended_at);
  const ageOf = (one: v1.Mismatch) => until - Date.parse(one.initiated_at);
  const ages = [
    [words.underDay, mismatches.filter((one) => ageOf(one) < DAY_MS)],
    [words.underThreeDays, mismatches.filter((one) => ageOf(one) >= DAY_MS && ageOf(one) < 3 * DAY_MS)],
    [words.older, mismatches.filter((one) => ageOf(one) >= 3 * DAY_MS)],
  ] as const;
  const byAge = ages
    .filter(([, group]) => group.length > 0)
    .map(([name, group]) => [name, group.length, sumValues(group)]);
  return [
    element("h2", words.byType),
    table(columns(words.type), byType, words.none),
    element("h2", words.byAge),
    table(columns(words.age), byAge, words.none),
  ];
}

function describeRow(row: v1.Mismatch["ours"]): Content {
  if (row === null) return "—";
  return [
    row.state,
    " ",
    row.amount === null ? "" : grouped(row.amount),
    " ",
    element("span", row.user_id, "quiet"),
  ];
}

function list(mismatches: readonly v1.Mismatch[], words: ReportWords): Html[] {
  const columns: readonly Column[] = [
    [words.operation, "code"],
    [words.type],
    [words.value, "number"],
    [words.initiatedAt],
    [words.ours],
    [words.theirs],
    [words.severity],
    [words.status],
    [words.assignedTo],
  ];
  const rows = mismatches.map((one): Content[] => [
    one.operation_id,
    [words.types[one.type], one.is_stuck ? ` (${words.stuck})` : ""],
    grouped(one.value),
    one.initiated_at,
    describeRow(one.ours),
    one.theirs.length === 0 ? "—" : one.theirs.map((row) => element("div", describeRow(row))),
    words.severities[one.severity],
    [words.statuses[one.status], one.resolution === null ? "" : element("div", one.resolution, "quiet")],
    one.assigned_to,
  ]);
  return [element("h2", words.mismatches), table(columns, rows, words.none)];
}

function repairs(mismatches: readonly v1.Mismatch[], words: ReportWords): Html[] {
  const made = mismatches.filter(({ repair }) => repair !== null && repair.status !== null);
  const columns: readonly Column[] = [
    [words.operation, "code"],
    [words.repair],
    [words.value, "number"],
    [words.status],
    [words.proposedBy],
    [words.decidedBy],
    [words.appliedAt],
    [words.outcome],
  ];
  const rows = made.map(({ operation_id: id, repair, value }): Content[] => [
    id,
    repair?.action,
    grouped(value),
    repair?.status,
    repair?.proposed_by,
    repair?.decided_by,
    repair?.applied_at,
    repair?.outcome,
  ]);
  return [element("h2", words.repairs), table(columns, rows, words.none)];
}

function proof(run: v1.Reconciliation, words: ReportWords): Html[] {
  const columns: readonly Column[] = [[words.comparison], [words.ours, "code"], [words.theirs, "code"], [""]];
  const rows = run.digests.map(({ leg, ours, theirs }) => [
    words.legs[leg] ?? leg,
    ours,
    theirs,
    ours === theirs ? words.equal : words.unequal,
  ]);
  return [
    element("h2", words.proof),
    element("p", words.proofText, "quiet"),
    table(columns, rows, words.none),
  ];
}

export interface ReportContents {
  readonly run: v1.Reconciliation;
  readonly mismatches: readonly v1.Mismatch[];
  readonly isComplete: boolean;
}

/** A whole page. */
export function toPage({ run, mismatches, isComplete }: ReportContents, language: v1.ReportLanguage): string {
  const words = reportWords[language];
  const body = [
    head(run, words),
    counts(run, words),
    totals(run, words),
    breakdowns(run, mismatches, words),
    list(mismatches, words),
    isComplete ? "" : element("p", words.cut, "quiet"),
    repairs(mismatches, words),
    proof(run, words),
  ].flat();
  const title = `${words.title} ${run.source_system} → ${run.target_system}`;
  const documentHead = [
    new Html('<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'),
    element("title", title),
    new Html(`<style>${style}</style>`),
  ];
  const lang = language === "zh" ? "zh-CN" : "en";
  return `<!doctype html><html lang="${lang}">${render(element("head", documentHead))}${render(element("body", body))}</html>\n`;
}
