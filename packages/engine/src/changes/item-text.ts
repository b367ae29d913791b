// Operations and lines as the log keeps them: a text with a row for each state, `o exchange/completed ID ID`, and one
// for lines, `l ACCOUNT_NO.VERSION ACCOUNT_NO.VERSION`. No id holds a blank.
import type { ChangeItem, LineChange, OperationChange } from "./change.ts";

/** Null for neither. */
export function writeItems(
  operations: readonly OperationChange[],
  lines: readonly LineChange[],
): string | null {
  const states = new Map<string, string>();
  for (const { kind, status, operationId } of operations) {
    const state = `${kind}/${status}`;
    states.set(state, `${states.get(state) ?? ""} ${operationId}`);
  }
  let text = "";
  for (const [state, ids] of states) text += `o ${state}${ids}\n`;
  if (lines.length > 0) text += "l";
  for (const { accountNo, version } of lines) text += ` ${accountNo}.${version}`;
  return text === "" ? null : text;
}

function* readRow(row: string): Generator<ChangeItem> {
  const [kind, ...words] = row.split(" ");
  if (kind === "o") {
    const [state = "", ...operationIds] = words;
    const [operationKind, status] = state.split("/") as [OperationChange["kind"], OperationChange["status"]];
    for (const operationId of operationIds) {
      yield { type: "operation", operationId, kind: operationKind, status };
    }
    return;
  }
  for (const word of words) {
    const [accountNo = "", version = ""] = word.split(".");
    yield { type: "line", accountNo: BigInt(accountNo), version: BigInt(version) };
  }
}

export function readItems(text: string | null): ChangeItem[] {
  if (text === null) return [];
  return text
    .split("\n")
    .filter((row) => row !== "")
    .flatMap((row) => [...readRow(row)]);
}
