// What a run of the sandbox tells: one document for programs, one short page for people.
import { toJson } from "./output.ts";
import type { SandboxChecks } from "./sandbox-checks.ts";
import {
  allExchanges,
  bodyOf,
  type LostAnswer,
  type MadeExchange,
  type SandboxExchanges,
} from "./sandbox-exchanges.ts";
import type { SandboxNode } from "./sandbox-nodes.ts";
import { airline, members, type Route, routes, shop } from "./sandbox-world.ts";

export interface SandboxRun {
  readonly runId: string;
  readonly nodes: { readonly shop: SandboxNode; readonly airline: SandboxNode };
  readonly dataDirectory: string;
  readonly exchanges: SandboxExchanges;
  readonly checks: SandboxChecks;
}

function isCompleted(exchange: MadeExchange): boolean {
  return exchange.refusal === undefined;
}

/** Whether all that the run promises holds: what had to be done was done, what had to be refused was refused. */
export function isSound({ exchanges, checks }: SandboxRun): boolean {
  const { lost, batch, single, tooMuch, tooLittle, repeatHeld } = exchanges;
  return (
    [...batch, ...single].every(isCompleted) &&
    (lost === undefined || (isCompleted(lost.made) && lost.whileUnknown !== "")) &&
    tooMuch.refusal === "insufficient_balance" &&
    tooLittle.refusal === "amount_too_small" &&
    repeatHeld &&
    checks.ledger &&
    checks.conservation &&
    checks.reconciliationMismatches === 0
  );
}

export function toDocument(run: SandboxRun): object {
  const { nodes, exchanges, checks } = run;
  const made = allExchanges(exchanges);
  const completed = made.filter(isCompleted).length;
  return {
    ok: isSound(run),
    nodes: [nodes.shop, nodes.airline].map(({ systemId, url, apiKey }) => {
      return { system_id: systemId, url, api_key: apiKey };
    }),
    exchanges: { completed, failed: made.length - completed },
    checks: {
      ledger: checks.ledger,
      conservation: checks.conservation,
      reconciliation_mismatches: checks.reconciliationMismatches,
    },
  };
}

function sumOf(amounts: readonly (bigint | undefined)[]): bigint {
  return amounts.reduce<bigint>((sum, amount) => sum + (amount ?? 0n), 0n);
}

function describeMoved(route: Route, how: string, exchanges: readonly MadeExchange[]): string[] {
  const completed = exchanges.filter(isCompleted);
  const given = sumOf(completed.map(({ amount }) => amount));
  const received = sumOf(completed.map(({ targetAmount }) => targetAmount));
  const { source, target } = route;
  return [
    `${source.systemId} -> ${target.systemId}, ${how}`,
    `${completed.length} of ${exchanges.length} completed`,
    `${given} ${source.creditTypeId}s became ${received} ${target.creditTypeId}s`,
  ];
}

function describeRefused(what: string, exchange: MadeExchange): string[] {
  const { route, amount, refusal } = exchange;
  const points = `${amount} ${route.source.creditTypeId}${amount === 1n ? "" : "s"}`;
  return [what, refusal ?? "COMPLETED", refusal === undefined ? points : `${points} asked, nothing moved`];
}

function describeLost({ made, whileUnknown, credited }: LostAnswer): string[] {
  const end = made.refusal ?? "completed";
  return [
    "an answer lost on its way",
    end,
    `the airline had credited ${credited} miles, the shop knew only "${whileUnknown}"; it asked again`,
  ];
}

function layOut(rows: readonly (readonly string[])[]): string[] {
  const widths = [0, 1].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) => {
    const cells = row.map((cell, column) => cell.padEnd(widths[column] ?? 0));
    return `  ${cells.join("   ").trimEnd()}`;
  });
}

function describeChecks(checks: SandboxChecks, exchangeCount: number): string[] {
  const { ledger, transfers, conservation, accounts, reconciliationMismatches } = checks;
  const mark = (holds: boolean) => (holds ? "ok" : "FAILED");
  return layOut([
    [
      mark(ledger),
      "ledger",
      `both ledgers recomputed from ${transfers} movements; each credit type sums to zero`,
    ],
    [mark(conservation), "conservation", `${accounts} accounts hold what they held before and what moved`],
    [
      mark(reconciliationMismatches === 0),
      "reconciliation",
      `both sides of ${exchangeCount} exchanges compared, ${reconciliationMismatches} mismatches`,
    ],
  ]);
}

/** A command that works when pasted into a POSIX shell: its exchange is new to the node. */
export function curlLine({ runId, nodes }: SandboxRun): string {
  const { url, apiKey } = nodes.shop;
  const body = toJson(
    bodyOf({ operationId: `${runId}.try`, route: routes.outward, member: 1, amount: 100n }),
  );
  const headers = `-H 'authorization: Bearer ${apiKey}' -H 'content-type: application/json'`;
  return `curl -s ${url}/v1/exchanges ${headers} -d '${body}'`;
}

export function toText(run: SandboxRun, isStaying: boolean): string {
  const { nodes, dataDirectory, exchanges, checks } = run;
  const { outward, back } = routes;
  const made = allExchanges(exchanges);
  const lines = [
    `Two nodes, each with a ledger and keys of its own: ${shop.systemId} at ${nodes.shop.url}, ${airline.systemId} at ${nodes.airline.url}`,
    `${members.length} members each; data in ${dataDirectory}`,
    `1 ${shop.creditTypeId} is worth ${outward.rate} ${airline.creditTypeId}s, 1 ${airline.creditTypeId} ${back.rate} ${shop.creditTypeId}s; fractions are rounded down`,
    "",
    "Exchanges",
    ...layOut([
      describeMoved(outward, "one batch", exchanges.batch),
      describeMoved(back, "one by one", exchanges.single),
      describeRefused("more than the member has", exchanges.tooMuch),
      describeRefused("worth less than one mile", exchanges.tooLittle),
      [
        "an id sent a second time",
        exchanges.repeatHeld ? "same answer" : "ANOTHER ANSWER",
        "recognized as a repeat, nothing moved",
      ],
      ...(exchanges.lost === undefined ? [] : [describeLost(exchanges.lost)]),
    ]),
    "",
    "Checks",
    ...describeChecks(checks, made.length),
  ];
  if (isStaying) {
    const { url, apiKey } = nodes.shop;
    lines.push(
      "",
      `Console   ${url}/console`,
      `API docs  ${url}/docs`,
      `API key   ${apiKey} (of both nodes)`,
    );
    lines.push("Try next", `  ${curlLine(run)}`);
    lines.push("", "Ctrl-C ends it. The next start goes on with the same ledgers.");
  }
  return `${lines.join("\n")}\n`;
}
