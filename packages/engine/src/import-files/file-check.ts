// What can be said of a file by itself: columns, the form of every field, and lines that contradict others.
// Pure, so that the command checks a whole file with it, call by call, before the first line is applied.
import { type FileForm, forms, type Uniqueness } from "./forms.ts";
import { fieldOf, type ImportError, type ImportKind, type ImportLine } from "./import-line.ts";

interface Seen {
  readonly value: string;
  readonly line: number;
}

/** Judges the columns of a file by themselves, so that a wrong one is told once and not line by line. */
export function judgeColumns(kind: ImportKind, columns: readonly string[], line: number): ImportError[] {
  const { columns: expected } = forms[kind];
  const names = expected.map((column) => column.name);
  const code = "invalid_request";
  const tell = (field: string, message: string): ImportError => ({ line, field, message, code });
  const unknown = columns.filter((name) => !names.includes(name));
  const missing = expected.filter((column) => column.isRequired && !columns.includes(column.name));
  const doubled = columns.filter((name, index) => columns.indexOf(name) < index);
  const choice = `is not a column of this kind of file; it may have ${names.join(", ")}`;
  return [
    ...unknown.map((name) => tell(name, choice)),
    ...missing.map((column) => tell(column.name, "the column is missing")),
    ...doubled.map((name) => tell(name, "the column is there more than once")),
  ];
}

/** Judges the columns and fields of one line. */
function judgeFields(form: FileForm, fields: ImportLine, line: number): ImportError[] {
  const code = "invalid_request";
  const names = new Set(form.columns.map((column) => column.name));
  const errors: ImportError[] = [];
  for (const field of Object.keys(fields)) {
    if (names.has(field)) continue;
    const message = `is not a column of this kind of file; it may have ${[...names].join(", ")}`;
    errors.push({ line, field, message, code });
  }
  for (const column of form.columns) {
    if (!Object.hasOwn(fields, column.name)) {
      if (column.isRequired)
        errors.push({ line, field: column.name, message: "the column is missing", code });
      continue;
    }
    const message = column.judge(fieldOf(fields, column.name));
    if (message !== undefined) errors.push({ line, field: column.name, message, code });
  }
  const [left, right] = form.different ?? [];
  if (errors.length === 0 && left !== undefined && right !== undefined) {
    if (fields[left] === fields[right])
      errors.push({ line, field: right, message: `must differ from ${left}`, code });
  }
  return errors;
}

/** Checks the lines of one file, in their order, over any number of calls. */
export class FileCheck {
  readonly #form: FileForm;
  /** By key of each uniqueness, the first line that had it. */
  readonly #seen: readonly Map<string, Seen>[];

  constructor(kind: ImportKind) {
    this.#form = forms[kind];
    this.#seen = this.#form.uniqueness.map(() => new Map<string, Seen>());
  }

  /**
   * Checks the next lines of the file.
   * @param firstLine the number of the first of them in the file
   */
  check(lines: readonly ImportLine[], firstLine: number): ImportError[] {
    return lines.flatMap((fields, index) => {
      const line = firstLine + index;
      const faults = judgeFields(this.#form, fields, line);
      return faults.length > 0 ? faults : this.#findContradictions(fields, line);
    });
  }

  /** A line that says the same as an earlier one is fine; one that says otherwise is not. */
  #findContradictions(fields: ImportLine, line: number): ImportError[] {
    return this.#form.uniqueness.flatMap((uniqueness, index) => {
      const seen = this.#seen[index];
      const key = this.#textOf(fields, uniqueness.key);
      const value = this.#textOf(fields, uniqueness.value);
      const earlier = seen?.get(key);
      if (earlier === undefined) seen?.set(key, { value, line });
      if (earlier === undefined || earlier.value === value) return [];
      return [this.#contradiction(uniqueness, line, earlier.line)];
    });
  }

  #contradiction(uniqueness: Uniqueness, line: number, earlierLine: number): ImportError {
    const { key, value, code } = uniqueness;
    const message = `line ${earlierLine} has the same ${key.join(", ")} and another ${value.join(" or ")}`;
    // Of a mapping that is taken, it is the key's own target user that can't be had.
    const field = (code === "mapping_taken" ? key.at(-1) : value[0]) ?? "";
    return { line, field, message, code };
  }

  #textOf(fields: ImportLine, names: readonly string[]): string {
    const columns = this.#form.columns.filter((column) => names.includes(column.name));
    return JSON.stringify(columns.map((column) => column.toCanonical(fieldOf(fields, column.name))));
  }
}
