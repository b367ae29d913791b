// One defence switched off: which text of which file is replaced, and which test has to fail then.

export interface Replacement {
  readonly file: string;
  /** Stands once in the file. */
  readonly found: string;
  readonly replacement: string;
}

export interface Mutation extends Replacement {
  /** The threat's number in docs/threat-model.md. */
  readonly threat: number;
  /** What alone would be enough: it goes too. */
  readonly also?: Replacement;
  readonly test: {
    readonly file: string;
    /** As it stands in the file. */
    readonly title: string;
    /** The group that is run, where the test is the last step of several. */
    readonly within?: string;
  };
}
