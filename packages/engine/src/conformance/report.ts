// What a run comes to: every check with its end, and the counts. Pure; texts are made of it elsewhere.
import type { CheckResult, Profile } from "./result.ts";
import { rules } from "./rules.ts";

export interface Report {
  readonly baseUrl: string;
  readonly profiles: readonly Profile[];
  readonly startedAt: string;
  readonly durationMs: number;
  /** Whose keys the answers' signatures were judged by. */
  readonly partnerKeys: "given" | "from_node";
  readonly partnerSystem: string;
  readonly results: readonly CheckResult[];
  /** Movements of the run that the partner would not undo, or that were not answered. */
  readonly leftovers: readonly string[];
}

export interface Counts {
  readonly ok: number;
  readonly failed: number;
  /** Of the failed ones those that count. */
  readonly failedMust: number;
  readonly skipped: number;
}

export function countResults(results: readonly CheckResult[]): Counts {
  const failed = results.filter(({ status }) => status === "failed");
  return {
    ok: results.filter(({ status }) => status === "ok").length,
    failed: failed.length,
    failedMust: failed.filter(({ level }) => level === "must").length,
    skipped: results.filter(({ status }) => status === "skipped").length,
  };
}

/** No `must` failed. */
export function isConformant({ results }: Report): boolean {
  return countResults(results).failedMust === 0;
}

/** The report as a document for programs. */
export function toReportDocument(report: Report, withTraces: boolean): object {
  const { ok, failed, failedMust, skipped } = countResults(report.results);
  return {
    ok: isConformant(report),
    base_url: report.baseUrl,
    partner_system: report.partnerSystem,
    profiles: report.profiles,
    partner_keys: report.partnerKeys,
    started_at: report.startedAt,
    duration_ms: report.durationMs,
    counts: { ok, failed, failed_must: failedMust, skipped },
    checks: report.results.map((result) => toCheckDocument(result, withTraces)),
    leftovers: report.leftovers,
  };
}

function toCheckDocument(result: CheckResult, withTraces: boolean): object {
  const { profile, id, title, rule, level, status, reason, expected, received, durationMs, traces } = result;
  return {
    profile,
    id,
    title,
    level,
    status,
    rule,
    rule_text: rules[rule].text,
    ...(reason === undefined ? {} : { reason }),
    ...(expected === undefined ? {} : { expected, received, risk: rules[rule].risk }),
    duration_ms: durationMs,
    ...(withTraces || status === "failed" ? { exchanges: traces.map(toTraceDocument) } : {}),
  };
}

function toTraceDocument({ atMs, request, answer }: CheckResult["traces"][number]): object {
  const { durationMs, ...rest } = answer;
  return { at_ms: atMs, request, answer: { ...rest, duration_ms: durationMs } };
}
