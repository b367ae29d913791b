// Judges a statement by the shard rule: every sharded table it names is held to one shard, $1, by equality.
import { parse } from "libpg-query";

const shardedTables = new Set([
  "operations",
  "business_references",
  "accounts",
  "clearing_accounts",
  "transfers",
  "quotes",
  "changes",
  "user_mappings",
  "user_mapping_targets",
  "user_mapping_history",
]);

type Node = Readonly<Record<string, unknown>>;

function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function nodeAt(node: Node | undefined, ...path: readonly string[]): Node | undefined {
  let found: unknown = node;
  for (const key of path) found = isNode(found) ? found[key] : undefined;
  return isNode(found) ? found : undefined;
}

function listAt(node: Node | undefined, key: string): Node[] {
  const list = node?.[key];
  return Array.isArray(list) ? list.filter(isNode) : [];
}

function textAt(node: Node | undefined, key: string): string {
  const text = node?.[key];
  return typeof text === "string" ? text : "";
}

interface Table {
  readonly name: string;
  readonly alias: string;
}

function toTable(rangeVar: Node): Table {
  const name = textAt(rangeVar, "relname");
  return { name, alias: textAt(nodeAt(rangeVar, "alias"), "aliasname") || name };
}

/** The tables of one level of a query; those of subqueries belong to their own level. */
function tablesOf(fromItem: Node): Table[] {
  const rangeVar = nodeAt(fromItem, "RangeVar");
  if (rangeVar !== undefined) return [toTable(rangeVar)];
  const join = nodeAt(fromItem, "JoinExpr");
  const sides = [nodeAt(join, "larg"), nodeAt(join, "rarg")];
  return sides.flatMap((side) => (side === undefined ? [] : tablesOf(side)));
}

/** What must all be true: the parts of a condition that are joined by AND at its top. */
function conjunctsOf(condition: Node | undefined): Node[] {
  if (condition === undefined) return [];
  const bool = nodeAt(condition, "BoolExpr");
  if (bool?.boolop !== "AND_EXPR") return [condition];
  return listAt(bool, "args").flatMap(conjunctsOf);
}

function isShardParameter(node: Node | undefined): boolean {
  return nodeAt(node, "ParamRef")?.number === 1;
}

/** The table alias whose shard_id the condition holds to $1; "" where the column stands unqualified. */
function aliasHeld(condition: Node): string | undefined {
  const operation = nodeAt(condition, "A_Expr");
  const [operator] = listAt(operation, "name");
  if (operation?.kind !== "AEXPR_OP" || textAt(nodeAt(operator, "String"), "sval") !== "=") return undefined;
  if (!isShardParameter(nodeAt(operation, "rexpr"))) return undefined;
  const fields = listAt(nodeAt(operation, "lexpr", "ColumnRef"), "fields");
  const names = fields.map((field) => textAt(nodeAt(field, "String"), "sval"));
  if (names.at(-1) !== "shard_id") return undefined;
  return names.at(-2) ?? "";
}

function judgeLevel(tables: readonly Table[], condition: Node | undefined): string[] {
  const held = new Set(conjunctsOf(condition).map(aliasHeld));
  const sharded = tables.filter(({ name }) => shardedTables.has(name));
  return sharded
    .filter(({ alias }) => !held.has(alias) && !(held.has("") && tables.length === 1))
    .map(({ name, alias }) => `${name} (${alias}) is not held to shard_id = $1`);
}

function judgeInsert(insert: Node): string[] {
  const { name } = toTable(nodeAt(insert, "relation") ?? {});
  if (!shardedTables.has(name)) return [];
  const columns = listAt(insert, "cols").map((column) => textAt(nodeAt(column, "ResTarget"), "name"));
  const position = columns.indexOf("shard_id");
  const select = nodeAt(insert, "selectStmt", "SelectStmt");
  const selected = listAt(select, "targetList").map((target) => nodeAt(target, "ResTarget", "val"));
  const rows = listAt(select, "valuesLists").map((row) => listAt(nodeAt(row, "List"), "items"));
  const sources = rows.length === 0 ? [selected] : rows;
  const isHeld = position >= 0 && sources.every((source) => isShardParameter(source[position]));
  return isHeld ? [] : [`${name} is not given $1 as its shard_id`];
}

function judgeNode(kind: string, node: Node): string[] {
  const from = [...listAt(node, "fromClause"), ...listAt(node, "usingClause")].flatMap(tablesOf);
  const relation = nodeAt(node, "relation");
  const where = nodeAt(node, "whereClause");
  switch (kind) {
    case "SelectStmt":
      return judgeLevel(from, where);
    case "UpdateStmt":
    case "DeleteStmt":
      return judgeLevel(relation === undefined ? from : [toTable(relation), ...from], where);
    case "InsertStmt":
      return judgeInsert(node);
    default:
      return [];
  }
}

function walk(value: unknown, judge: (kind: string, node: Node) => string[]): string[] {
  if (Array.isArray(value)) return value.flatMap((item) => walk(item, judge));
  if (!isNode(value)) return [];
  return Object.entries(value).flatMap(([kind, inner]) => [
    ...(isNode(inner) ? judge(kind, inner) : []),
    ...walk(inner, judge),
  ]);
}

/** Where the statement breaks the rule; empty where it keeps it. */
export async function findShardOffences(sql: string): Promise<string[]> {
  return walk(await parse(sql), judgeNode);
}

/** The sharded tables that the statement names. */
export async function namedShardedTables(sql: string): Promise<string[]> {
  const names = walk(await parse(sql), (kind, node) => {
    const isTable = kind === "RangeVar" || kind === "relation";
    return isTable && typeof node.relname === "string" ? [node.relname] : [];
  });
  return [...new Set(names)].filter((name) => shardedTables.has(name)).sort();
}

export const shardedTableNames: readonly string[] = [...shardedTables].sort();
