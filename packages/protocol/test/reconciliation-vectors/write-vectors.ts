// Writes the vector files of reconciliation: node packages/protocol/test/reconciliation-vectors/write-vectors.ts
// Afterwards `npm run format` lays them out.
import { writeFile } from "node:fs/promises";
import { vectorDocuments, vectorFolder } from "./vector-documents.ts";

for (const [name, document] of Object.entries(vectorDocuments)) {
  await writeFile(new URL(name, vectorFolder), `${JSON.stringify(document, undefined, 2)}\n`);
}
