// All structure rules over one clone. There is no list of exceptions; only generated files are not judged.
import { findDeadFiles } from "./dead-files.ts";
import { findFileOffences } from "./file-rules.ts";
import { findImportCycles } from "./import-cycles.ts";
import { findImportOffences } from "./import-rules.ts";
import { type Offence, sortOffences } from "./offence.ts";
import { readSourceTree } from "./source-tree.ts";
import { findSqlOffences } from "./sql-rule.ts";

export interface StructureReport {
  readonly fileCount: number;
  readonly offences: readonly Offence[];
}

function isGenerated(path: string): boolean {
  return path.split("/").includes("generated");
}

/** Checks the clone at `root`. */
export function checkStructure(root: string): StructureReport {
  const tree = readSourceTree(root);
  const offences = [findImportOffences, findImportCycles, findSqlOffences, findFileOffences, findDeadFiles]
    .flatMap((find) => find(tree))
    .filter(({ file }) => !isGenerated(file));
  return { fileCount: tree.files.size + tree.migrations.length, offences: sortOffences(offences) };
}
