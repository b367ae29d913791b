// One defence switched off: which text of which file is replaced, and which test has to fail then.

export interface Mutation {
  /** The threat's number in docs/threat-model.md. */
  readonly threat: number;
  readonly file: string;
  /** Stands once in the file. */
  readonly found: string;
  readonly replacement: string;
  readonly test: {
    readonly file: string;
    /** As it stands in the file. */
    readonly title: string;
    /** The group that is run, where the test is the last step of several. */
    readonly within?: string;
  };
}
