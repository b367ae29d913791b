// SQL stands in queries.ts, *-queries.ts and migrations only, so that it can be read, counted and proved in one place.
import type { Offence } from "./offence.ts";
import { findPlace, isTestFile, type SourceTree } from "./source-tree.ts";

// A statement's beginning, or a part that prose does not have. English such as "Select a system from the list" is none.
const sqlShapes: readonly RegExp[] = [
  /^\s*select\s[\s\S]*\sfrom\s+[\w."$]+(\s*$|\s*[,;)]|\s+(as|where|join|left|inner|cross|group|order|limit|for|union|on)\b)/i,
  /^\s*select\s+(\d+|\*|[a-z_.]+\s*\(|\$\d|current_\w+|now\b)/i,
  /\bselect\b[\s\S]*\bfrom\b[\s\S]*\b(where\s+[\w."]+\s*(=|<|>|in\b|is\b|any\b)|for\s+update|group\s+by|order\s+by)/i,
  /\binsert\s+into\s+[\w."$]+\s*(\(|select\b|values\b|default\b)/i,
  /^\s*(insert\s+into|delete\s+from|merge\s+into|truncate\s+(table\s+)?\w)/i,
  /\bdelete\s+from\s+[\w."$]+\s+(where|using|as)\b/i,
  /\bupdate\s+[\w."$]+(\s+(as\s+)?\w+)?\s+set\s+[\w."]+\s*=/i,
  /\bon\s+conflict\b[\s\S]*\bdo\s+(nothing|update)\b/i,
  /\bfor\s+(no\s+key\s+)?update(\s+(skip\s+locked|nowait|of)\b|\s*$)/i,
  /\bwith\s+(recursive\s+)?\w+(\s*\([^)]*\))?\s+as\s+(not\s+)?(materialized\s*)?\(/i,
  /\bcreate\s+(or\s+replace\s+)?(unique\s+|temporary\s+|temp\s+|unlogged\s+)?(table|index|schema|type|function|trigger|sequence|view|extension|database|domain)\s+(if\s+not\s+exists\s+)?[\w."$]+/i,
  /^\s*(alter|drop)\s+(table|index|schema|type|function|trigger|sequence|view|extension|database)\s/i,
  /^\s*(begin|commit|start\s+transaction)\s*(;|$)/i,
  /^\s*(begin|start\s+transaction)\s+(transaction|work|isolation|read)\b/i,
  /^\s*rollback\s*(;|to\s|transaction\b|work\b)/i,
  /^\s*(savepoint|release\s+savepoint)\s+\w+/i,
  /^\s*set\s+(local|session|transaction)\s+\w+/i,
  /^\s*(lock\s+table|listen\s+\w+\s*;?$|notify\s+\w+\s*[,;]|vacuum\b|analyze\s+\w+\s*;?$|copy\s+\w+\s*(\(|from\b|to\b))/i,
  /^\s*(where|and|or)\s+[\w."]+\s*(=|<|>|<=|>=|<>)\s*(\$|any\b)/i,
];

export function looksLikeSql(text: string): boolean {
  return sqlShapes.some((shape) => shape.test(text));
}

export function holdsQueries(path: string): boolean {
  return /(^|\/)([a-z0-9-]+-)?queries\.ts$/.test(path);
}

export function findSqlOffences(tree: SourceTree): Offence[] {
  const offences: Offence[] = [];
  for (const file of tree.files.values()) {
    if (findPlace(file.path) === undefined || isTestFile(file.path) || holdsQueries(file.path)) continue;
    for (const { text, line } of file.texts) {
      if (!looksLikeSql(text)) continue;
      const start = text.trim().replaceAll(/\s+/g, " ").slice(0, 40);
      const message = `SQL ("${start}") belongs in a queries.ts or *-queries.ts of its folder`;
      offences.push({ file: file.path, line, rule: "sql", message });
    }
  }
  return offences;
}
