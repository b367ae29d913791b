// Reads one source file: what it imports, its functions, its texts, what it declares.
// Parsed by @babel/parser: TypeScript 7 has no compiler API, and Babel's parser is plain JavaScript, so it installs
// without scripts on every platform.
import { parse } from "@babel/parser";

export interface ImportReference {
  readonly specifier: string;
  readonly line: number;
}

export interface FunctionSpan {
  readonly name: string;
  readonly line: number;
  readonly lineCount: number;
  /** A callback that only groups tests. */
  readonly groupsTests: boolean;
}

export interface TextLiteral {
  /** Of a template with each inserted value as `$0`. */
  readonly text: string;
  readonly line: number;
}

export interface Declaration {
  readonly name: string;
  readonly line: number;
}

export interface Syntax {
  readonly imports: readonly ImportReference[];
  readonly functions: readonly FunctionSpan[];
  readonly texts: readonly TextLiteral[];
  readonly declarations: readonly Declaration[];
}

interface AstNode {
  readonly type: string;
  readonly loc: { readonly start: { readonly line: number }; readonly end: { readonly line: number } };
  readonly [key: string]: unknown;
}

function isNode(value: unknown): value is AstNode {
  return typeof value === "object" && value !== null && "type" in value && typeof value.type === "string";
}

function readName(node: unknown): string | undefined {
  if (!isNode(node)) return undefined;
  const name = node["name"] ?? node["value"];
  return typeof name === "string" ? name : undefined;
}

const importTypes = new Set([
  "ImportDeclaration",
  "ExportNamedDeclaration",
  "ExportAllDeclaration",
  "ImportExpression",
  "TSImportType",
]);

const functionTypes = new Set([
  "FunctionDeclaration",
  "FunctionExpression",
  "ArrowFunctionExpression",
  "ObjectMethod",
  "ClassMethod",
  "ClassPrivateMethod",
]);

const declarationTypes = new Set([
  "FunctionDeclaration",
  "ClassDeclaration",
  "TSInterfaceDeclaration",
  "TSTypeAliasDeclaration",
  "VariableDeclarator",
]);

function readImport(node: AstNode): ImportReference | undefined {
  let source = node["source"] ?? node["argument"];
  if (isNode(source) && source.type === "TSLiteralType") source = source["literal"];
  if (!isNode(source) || source.type !== "StringLiteral") return undefined;
  return { specifier: String(source["value"]), line: source.loc.start.line };
}

function readTemplate(node: AstNode): TextLiteral {
  const quasis = node["quasis"] as ReadonlyArray<{ readonly value: { readonly raw: string } }>;
  return { text: quasis.map((quasi) => quasi.value.raw).join("$0"), line: node.loc.start.line };
}

/** True for the callback of `describe(...)`, `describe.each(...)(...)` and functions whose name starts so. */
function groupsTests(parent: AstNode | undefined): boolean {
  let callee = parent?.type === "CallExpression" ? parent["callee"] : undefined;
  while (isNode(callee) && callee.type !== "Identifier")
    callee = callee["object"] ?? callee["callee"] ?? callee["tag"];
  return readName(callee)?.startsWith("describe") ?? false;
}

function nameFunction(node: AstNode, parent: AstNode | undefined): string {
  return (
    readName(node["id"]) ??
    readName(node["key"]) ??
    readName(parent?.["id"] ?? parent?.["key"]) ??
    "a function"
  );
}

class Collector {
  readonly imports: ImportReference[] = [];
  readonly functions: FunctionSpan[] = [];
  readonly texts: TextLiteral[] = [];
  readonly declarations: Declaration[] = [];

  visit(node: AstNode, parent: AstNode | undefined): void {
    this.#collect(node, parent);
    for (const value of Object.values(node)) {
      for (const child of Array.isArray(value) ? (value as unknown[]) : [value]) {
        if (isNode(child)) this.visit(child, node);
      }
    }
  }

  #collect(node: AstNode, parent: AstNode | undefined): void {
    const line = node.loc.start.line;
    const reference = importTypes.has(node.type) ? readImport(node) : undefined;
    if (reference !== undefined) this.imports.push(reference);
    if (node.type === "TemplateLiteral") this.texts.push(readTemplate(node));
    if (node.type === "StringLiteral" && !importTypes.has(parent?.type ?? "")) {
      this.texts.push({ text: String(node["value"]), line });
    }
    if (functionTypes.has(node.type)) {
      const lineCount = node.loc.end.line - line + 1;
      this.functions.push({
        name: nameFunction(node, parent),
        line,
        lineCount,
        groupsTests: groupsTests(parent),
      });
    }
    const name = declarationTypes.has(node.type) ? readName(node["id"]) : undefined;
    if (name !== undefined) this.declarations.push({ name, line });
  }
}

/** @throws SyntaxError, naming the file, for what can't be parsed. */
export function readSyntax(path: string, text: string): Syntax {
  const collector = new Collector();
  try {
    const plugins: Array<"typescript" | "jsx"> = path.endsWith("x") ? ["typescript", "jsx"] : ["typescript"];
    const file: unknown = parse(text, { sourceType: "module", plugins, attachComment: false }).program;
    if (isNode(file)) collector.visit(file, undefined);
  } catch (error) {
    if (error instanceof SyntaxError) throw new SyntaxError(`${path}: ${error.message}`, { cause: error });
    throw error;
  }
  return collector;
}
