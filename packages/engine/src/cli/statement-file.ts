// A partner's statement as a CSV file: checked as a whole before anything of it is sent.
//
// Columns: `operation_id` and `amount` have to be there; `user_id`, `credit_type_id`, `outcome`, `initiated_at` and
// `exchange_rate` may be. Others are passed over, and named on standard error.
import { v1 } from "@pointbridge/protocol";
import type { StatementLinesInput } from "@pointbridge/sdk";
import { type CsvRecord, readCsvFile } from "./csv-file.ts";
import { badLines, exitCodes, type LineFault } from "./exit-codes.ts";

type Line = StatementLinesInput["lines"][number];

const required = ["operation_id", "amount"] as const;
const optional = ["user_id", "credit_type_id", "outcome", "initiated_at", "exchange_rate"] as const;

interface ColumnRule {
  readonly fits: (text: string) => boolean;
  readonly message: string;
}

function matching(pattern: string, message: string): ColumnRule {
  const expression = new RegExp(pattern, "u");
  return { fits: (text) => expression.test(text), message };
}

const amountRule: ColumnRule = {
  fits: (text) => new RegExp(v1.amountPattern).test(text) && BigInt(text) <= 9_223_372_036_854_775_807n,
  message: "must be points from 1 to 9223372036854775807",
};

const timeRule: ColumnRule = {
  fits: (text) => new RegExp(v1.timePattern).test(text) && !Number.isNaN(Date.parse(text)),
  message: "must be a time with a zone, like 2026-11-23T09:30:00.000Z",
};

const rules: Readonly<Record<(typeof required)[number] | (typeof optional)[number], ColumnRule>> = {
  operation_id: matching(v1.operationIdPattern, "must be the exchange's operation id"),
  amount: amountRule,
  user_id: matching(v1.userIdPattern, "must be 1 to 128 printable characters"),
  credit_type_id: matching(v1.catalogIdPattern, "must be a credit type's id"),
  outcome: {
    fits: (text) => (v1.statementOutcomes as readonly string[]).includes(text),
    message: `must be one of ${v1.statementOutcomes.join(", ")}`,
  },
  initiated_at: timeRule,
  exchange_rate: matching(v1.ratePattern, "must be a decimal number"),
};

function findFaults({ line, fields }: CsvRecord): LineFault[] {
  const faults: LineFault[] = [];
  for (const field of required) {
    if (!rules[field].fits(fields[field] ?? "")) faults.push({ line, field, message: rules[field].message });
  }
  for (const field of optional) {
    const text = fields[field] ?? "";
    if (text !== "" && !rules[field].fits(text)) faults.push({ line, field, message: rules[field].message });
  }
  return faults;
}

function toLine({ line, fields }: CsvRecord): Line {
  const given = optional.flatMap((name) => {
    const text = fields[name] ?? "";
    return text === "" ? [] : [[name, text] as const];
  });
  const { operation_id = "", amount = "" } = fields;
  return { line, operation_id, amount, ...Object.fromEntries(given) };
}

export interface Statement {
  readonly lines: readonly Line[];
  /** Columns that nobody reads. */
  readonly ignored: readonly string[];
}

/** @throws CommandError naming line and field */
export async function readStatement(path: string): Promise<Statement> {
  const file = await readCsvFile(path);
  const missing = required.filter((name) => !file.columns.includes(name));
  const columnFaults = missing.map((field) => ({
    line: file.columnsLine,
    field,
    message: "the column is missing",
  }));
  if (columnFaults.length > 0) throw badLines(exitCodes.badInput, path, columnFaults);
  const faults = [...file.faults, ...file.records.flatMap(findFaults)];
  faults.sort((left, right) => left.line - right.line);
  if (faults.length > 0) throw badLines(exitCodes.badInput, path, faults);
  const known: readonly string[] = [...required, ...optional];
  return { lines: file.records.map(toLine), ignored: file.columns.filter((name) => !known.includes(name)) };
}
