// Generates the SDK's types from the document that the node serves, and the names of the fields that hold points.
// `node tools/sdk-types/generate.ts` writes the committed file; a test holds it against the document.
import { writeFile } from "node:fs/promises";
import openapiTypescript, { astToString, type OpenAPI3 } from "openapi-typescript";
import { buildOpenApi } from "../../packages/engine/src/http/index.ts";
import { findFields } from "./fields.ts";

export const generatedFile = new URL("../../packages/sdk/src/generated/openapi.ts", import.meta.url);

const header =
  "// Generated from the OpenAPI document by tools/sdk-types/generate.ts: change the routes, not this file.\n";

function renderNames(name: string, comment: string, values: readonly string[]): string {
  const lines = values.map((value) => `    "${value}",\n`).join("");
  return `\n/** ${comment} */\nexport const ${name} = [\n${lines}] as const;\n`;
}

/** The text of the file that should be committed. */
export async function generateTypes(): Promise<string> {
  // The version says nothing of the shapes, so that a release leaves the file as it is.
  const document = JSON.parse(JSON.stringify(buildOpenApi("0.0.0"))) as OpenAPI3;
  const { points, free } = findFields(document);
  const nodes = await openapiTypescript(document, { silent: true, defaultNonNullable: false });
  return [
    header,
    astToString(nodes),
    renderNames("pointsFields", "Fields that hold points, wherever they stand.", points),
    renderNames("freeFields", "Fields whose content is free, so that no name in it means anything.", free),
  ].join("");
}

if (import.meta.main) await writeFile(generatedFile, await generateTypes());
