// Files to be imported, as far as they can be judged without a node: their columns, their lines, what comes twice.
export { FileCheck, judgeColumns } from "./file-check.ts";
export { parseAttributes } from "./forms.ts";
export {
  fieldOf,
  type ImportError,
  type ImportKind,
  type ImportLine,
  importKinds,
  type NumberedLine,
  optionalField,
} from "./import-line.ts";
