// What a structure rule finds, and how one is printed.

export interface Offence {
  /** Path from the root of the clone, with forward slashes. */
  readonly file: string;
  readonly line: number;
  readonly rule: string;
  /** What is wrong and what to do. */
  readonly message: string;
}

export function formatOffence(offence: Offence): string {
  return `${offence.file}:${offence.line}  ${offence.rule}: ${offence.message}`;
}

export function sortOffences(offences: readonly Offence[]): Offence[] {
  const compareText = (left: string, right: string) => (left < right ? -1 : Number(left > right));
  return offences.toSorted(
    (left, right) =>
      compareText(left.file, right.file) || left.line - right.line || compareText(left.rule, right.rule),
  );
}
