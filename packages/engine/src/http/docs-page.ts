// The readable page of the API: one file of HTML made from the OpenAPI document, without scripts.
import { type ErrorCode, errors } from "@pointbridge/protocol";
import { docsStyle } from "./docs-style.ts";
import type { OpenApiDocument } from "./openapi.ts";

interface Shape {
  readonly $ref?: string;
  readonly type?: string;
  readonly description?: string;
  readonly enum?: readonly (string | boolean)[];
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly maxItems?: number;
  readonly items?: Shape;
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Shape;
  readonly anyOf?: readonly Shape[];
}

interface Content {
  readonly content?: Readonly<Record<string, { readonly schema: Shape }>>;
}

interface Operation {
  readonly operationId: string;
  readonly tags: readonly string[];
  readonly summary: string;
  readonly description?: string;
  readonly parameters?: readonly {
    readonly name: string;
    readonly in: string;
    readonly required: boolean;
    readonly description?: string;
    readonly schema: Shape;
  }[];
  readonly requestBody?: Content & { readonly required: boolean };
  readonly responses: Readonly<
    Record<string, Content & { readonly description: string; readonly "x-codes"?: readonly ErrorCode[] }>
  >;
}

const entities: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

function escape(text: string): string {
  return text.replace(/[&<>"]/g, (character) => entities[character] ?? character);
}

/** Text with `code` in it. */
function prose(text: string): string {
  return escape(text).replace(/`([^`]+)`/g, "<code>$1</code>");
}

function schemaLink(reference: string): string {
  const name = reference.split("/").at(-1) ?? "";
  return `<a href="#schema-${name}">${name}</a>`;
}

function typeText(shape: Shape): string {
  if (shape.$ref !== undefined) return schemaLink(shape.$ref);
  if (shape.anyOf !== undefined) return shape.anyOf.map(typeText).join(" or ");
  if (shape.enum !== undefined)
    return shape.enum.map((value) => `<code>${escape(String(value))}</code>`).join(" | ");
  if (shape.type === "array") {
    const most = shape.maxItems === undefined ? "" : ` (to ${shape.maxItems})`;
    return `array of ${typeText(shape.items ?? {})}${most}`;
  }
  if (shape.type === "integer" && shape.minimum !== undefined) {
    return `integer ${shape.minimum}${shape.maximum === undefined ? " or more" : ` to ${shape.maximum}`}`;
  }
  return escape(shape.type ?? "any");
}

function fieldRow(name: string, shape: Shape, isRequired: boolean): string {
  const need = isRequired ? "" : ' <span class="optional">optional</span>';
  const text = shape.description === undefined ? "" : prose(shape.description);
  return `<tr><td><code>${escape(name)}</code>${need}</td><td>${typeText(shape)}</td><td>${text}</td></tr>`;
}

function fieldTable(rows: readonly string[]): string {
  if (rows.length === 0) return "";
  return `<table><thead><tr><th>Field</th><th>Type</th><th>Meaning</th></tr></thead><tbody>${rows.join("")}</tbody></table>`;
}

function renderParameters(operation: Operation): string {
  const rows = (operation.parameters ?? []).map((parameter) => {
    const shape = {
      ...parameter.schema,
      description: `In the ${parameter.in}. ${parameter.description ?? ""}`,
    };
    return fieldRow(parameter.name, shape, parameter.required);
  });
  return rows.length === 0 ? "" : `<h4>Parameters</h4>${fieldTable(rows)}`;
}

function renderBody(operation: Operation): string {
  const schema = operation.requestBody?.content?.["application/json"]?.schema;
  if (schema === undefined) return "";
  const optional = operation.requestBody?.required === false ? " (may be left out)" : "";
  return `<h4>Body${optional}</h4><p>${typeText(schema)}</p>`;
}

function renderResponses(operation: Operation): string {
  const rows = Object.entries(operation.responses).map(([status, response]) => {
    const codes = response["x-codes"];
    if (codes !== undefined) {
      const links = codes.map((code) => `<a href="#error-${code}"><code>${code}</code></a>`);
      return `<tr class="problem"><td>${status}</td><td>${links.join(" ")}</td></tr>`;
    }
    const schema = response.content?.["application/json"]?.schema;
    const type = schema === undefined ? "" : typeText(schema);
    return `<tr><td>${status}</td><td>${type} ${prose(response.description)}</td></tr>`;
  });
  return `<h4>Answers</h4><table class="answers"><tbody>${rows.join("")}</tbody></table>`;
}

function renderOperation(path: string, method: string, operation: Operation): string {
  const about = operation.description === undefined ? "" : `<p>${prose(operation.description)}</p>`;
  return `<article id="${operation.operationId}">
<h3><span class="method ${method}">${method.toUpperCase()}</span> <code>${escape(path)}</code></h3>
<p class="summary">${prose(operation.summary)}.</p>${about}
${renderParameters(operation)}${renderBody(operation)}${renderResponses(operation)}
</article>`;
}

function renderSchema(name: string, shape: Shape): string {
  const required = new Set(shape.required ?? []);
  const rows = Object.entries(shape.properties ?? {}).map(([field, member]) =>
    fieldRow(field, member, required.has(field)),
  );
  const about = shape.description === undefined ? "" : `<p>${prose(shape.description)}</p>`;
  return `<article id="schema-${name}"><h3>${name}</h3>${about}${fieldTable(rows)}</article>`;
}

function renderErrors(): string {
  const rows = Object.entries(errors).map(
    ([code, entry]) =>
      `<tr id="error-${code}"><td><code>${code}</code></td><td>${entry.status}</td><td>${entry.class}</td><td>${escape(entry.title)}.</td></tr>`,
  );
  return `<table><thead><tr><th>Code</th><th>Status</th><th>Class</th><th>Meaning</th></tr></thead><tbody>${rows.join("")}</tbody></table>`;
}

interface Entry {
  readonly tag: string;
  readonly html: string;
  readonly link: string;
}

function entriesOf(document: OpenApiDocument): Entry[] {
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, value]) => {
      const operation = value as unknown as Operation;
      const label = `<span class="method ${method}">${method.toUpperCase()}</span> ${escape(path.replace("/v1", ""))}`;
      return {
        tag: operation.tags[0] ?? "",
        html: renderOperation(path, method, operation),
        link: `<li><a href="#${operation.operationId}">${label}</a></li>`,
      };
    }),
  );
}

/** Renders the document; the result depends on nothing else. */
export function renderDocsPage(document: OpenApiDocument): string {
  const entries = entriesOf(document);
  const groups = document.tags.map(({ name }) => ({
    name,
    entries: entries.filter((entry) => entry.tag === name),
  }));
  const navigation = groups.map(
    ({ name, entries: own }) => `<h2>${escape(name)}</h2><ul>${own.map((entry) => entry.link).join("")}</ul>`,
  );
  const sections = groups.map(
    ({ name, entries: own }) =>
      `<section><h2>${escape(name)}</h2>${own.map((entry) => entry.html).join("")}</section>`,
  );
  const schemas = Object.entries(document.components.schemas).map(([name, shape]) =>
    renderSchema(name, shape as Shape),
  );
  const { title, version, description } = document.info;
  const paragraphs = description.split("\n\n").map((text) => `<p>${prose(text)}</p>`);
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(title)} API</title><style>${docsStyle}</style></head>
<body><nav aria-label="Contents"><p class="name"><a href="#top">${escape(title)} <small>${escape(version)}</small></a></p>
${navigation.join("")}<h2>Reference</h2><ul><li><a href="#schemas">Schemas</a></li><li><a href="#errors">Errors</a></li><li><a href="/openapi.json">openapi.json</a></li></ul></nav>
<main id="top"><h1>${escape(title)} API</h1>${paragraphs.join("")}
${sections.join("")}
<section id="schemas"><h2>Schemas</h2>${schemas.join("")}</section>
<section id="errors"><h2>Errors</h2><p>A problem's <code>code</code> is one of these. <em>rejected</em>: the same request will be refused again. <em>transient</em>: send the same again. <em>fatal</em>: a person has to look. Where a code refuses an operation its status is 422.</p>${renderErrors()}</section>
</main></body></html>
`;
}
