// Operations and lines as the log keeps them: a text with a row for each state, `o exchange/completed ID ID`, one for
// those of a state that are sealed alike, `s exchange/completed SALT PRINCIPAL ID.DIGEST ID.DIGEST`, with
// `PRINCIPAL,APPROVER` where a second person agreed, and one for lines, `l ACCOUNT_NO.VERSION ACCOUNT_NO.VERSION`.
// No id holds a blank; names are written as in a URI.
import type { ChangeItem, LineChange, OperationChange, OperationSeal } from "./change.ts";

/** Of SHA-256 in base64url. */
const DIGEST_LENGTH = 43;

function writeNames({ principal, approvedBy }: OperationSeal): string {
  const name = encodeURIComponent(principal);
  return approvedBy === undefined ? name : `${name},${encodeURIComponent(approvedBy)}`;
}

/** Null for neither. */
export function writeItems(
  operations: readonly OperationChange[],
  lines: readonly LineChange[],
): string | null {
  const states = new Map<string, string>();
  for (const { kind, status, operationId, seal } of operations) {
    const state =
      seal === undefined ? `o ${kind}/${status}` : `s ${kind}/${status} ${seal.salt} ${writeNames(seal)}`;
    const word = seal === undefined ? operationId : `${operationId}.${seal.digest}`;
    states.set(state, `${states.get(state) ?? ""} ${word}`);
  }
  let text = "";
  for (const [state, ids] of states) text += `${state}${ids}\n`;
  if (lines.length > 0) text += "l";
  for (const { accountNo, version } of lines) text += ` ${accountNo}.${version}`;
  return text === "" ? null : text;
}

function readState(text: string): Pick<OperationChange, "kind" | "status"> {
  const [kind, status] = text.split("/") as [OperationChange["kind"], OperationChange["status"]];
  return { kind, status };
}

function readSealed([state = "", salt = "", names = "", ...words]: readonly string[]): OperationChange[] {
  const { kind, status } = readState(state);
  const [principal = "", approvedBy] = names.split(",").map(decodeURIComponent);
  return words.map((word) => {
    const operationId = word.slice(0, -DIGEST_LENGTH - 1);
    const seal = { salt, principal, approvedBy, digest: word.slice(-DIGEST_LENGTH) };
    return { type: "operation", operationId, kind, status, seal };
  });
}

function readLine(word: string): LineChange {
  const [accountNo = "", version = ""] = word.split(".");
  return { type: "line", accountNo: BigInt(accountNo), version: BigInt(version) };
}

function readRow(row: string): readonly ChangeItem[] {
  const [type, ...words] = row.split(" ");
  if (type === "l") return words.map(readLine);
  if (type === "s") return readSealed(words);
  const [state = "", ...operationIds] = words;
  const { kind, status } = readState(state);
  return operationIds.map((operationId) => ({ type: "operation", operationId, kind, status }));
}

export function readItems(text: string | null): ChangeItem[] {
  if (text === null) return [];
  return text
    .split("\n")
    .filter((row) => row !== "")
    .flatMap(readRow);
}
