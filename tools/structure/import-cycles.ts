// Finds import cycles over all packages; a type import counts, because it binds two files just the same.
import type { Offence } from "./offence.ts";
import type { SourceFile, SourceTree } from "./source-tree.ts";

/** The shortest way from `start` back to itself inside `members`. */
function findShortestCycle(
  start: SourceFile,
  members: ReadonlySet<SourceFile>,
  tree: SourceTree,
): SourceFile[] {
  const cameFrom = new Map<SourceFile, SourceFile>();
  const queue = [start];
  for (let file = queue.shift(); file !== undefined; file = queue.shift()) {
    for (const { target } of tree.importsOf(file)) {
      if (target === undefined || !members.has(target)) continue;
      if (target === start) {
        const way = [file];
        for (let step = cameFrom.get(file); step !== undefined; step = cameFrom.get(step)) way.unshift(step);
        return way;
      }
      if (cameFrom.has(target)) continue;
      cameFrom.set(target, file);
      queue.push(target);
    }
  }
  return [];
}

/** Tarjan's strongly connected components: the groups of files that reach each other. */
class ComponentFinder {
  readonly components: SourceFile[][] = [];
  readonly #tree: SourceTree;
  readonly #order = new Map<SourceFile, number>();
  readonly #lowest = new Map<SourceFile, number>();
  readonly #stack: SourceFile[] = [];

  constructor(tree: SourceTree) {
    this.#tree = tree;
    for (const file of tree.files.values()) if (!this.#order.has(file)) this.#visit(file);
  }

  #visit(file: SourceFile): number {
    const order = this.#order.size;
    let lowest = order;
    this.#order.set(file, order);
    this.#stack.push(file);
    for (const { target } of this.#tree.importsOf(file)) {
      if (target === undefined) continue;
      const seen = this.#order.get(target);
      if (seen === undefined) lowest = Math.min(lowest, this.#visit(target));
      else if (this.#stack.includes(target)) lowest = Math.min(lowest, seen);
    }
    this.#lowest.set(file, lowest);
    if (lowest === order) this.components.push(this.#stack.splice(this.#stack.indexOf(file)));
    return lowest;
  }
}

export function findImportCycles(tree: SourceTree): Offence[] {
  const offences: Offence[] = [];
  for (const component of new ComponentFinder(tree).components) {
    const first = component.toSorted((left, right) => (left.path < right.path ? -1 : 1))[0];
    if (first === undefined) continue;
    const importsItself = tree.importsOf(first).some(({ target }) => target === first);
    if (component.length === 1 && !importsItself) continue;
    const cycle = findShortestCycle(first, new Set(component), tree);
    const way = [...cycle, first].map((file) => file.path).join(" -> ");
    offences.push({
      file: first.path,
      line: 1,
      rule: "import-cycle",
      message: `${way}; cut one of these imports`,
    });
  }
  return offences;
}
