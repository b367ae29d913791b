// Whether a change of a rate lets points grow by going round. Pure, and exact: no floating point decides.
//
// The network's nodes are credit types, its edges the rates in force. Rounding down only takes away, so
// nobody gains round a cycle whose ratios multiply to at most 1, whatever is converted and however it is split.
//
// G1  A change is refused if, and only if, some cycle through the changed rate multiplies to more than 1 with
//     it. Cycles without it are as they were: gaining ones among them were allowed, and don't count here.
// G2  No path is overlooked: the best product of walks of up to k edges bounds that of paths from above,
//     and k goes up to the longest path there can be.
// G3  A walk names a cycle only if it visits nothing twice. Where allowed gaining cycles lie on the way,
//     walks that go round them hide the paths; then paths are tried out, with the walks' products as bounds.
//     Should that exceed its budget, the change is refused for the walk: that walk gains, and starts and ends
//     with the changed rate. Without gaining cycles elsewhere it never comes to this.
import type { Rate } from "../domain/index.ts";
import type { RateKey } from "./rate-key.ts";

export interface RateEdge extends RateKey {
  readonly rate: Rate;
}

export interface CycleNode {
  readonly systemId: string;
  readonly creditTypeId: string;
}

export interface GainingCycle {
  /** From the changed rate's source round to it again, which stands at both ends. */
  readonly nodes: readonly CycleNode[];
  /** The product of the ratios, exactly, as a decimal. */
  readonly gain: string;
}

/** numerator / 10^scale, exactly. */
interface Product {
  readonly numerator: bigint;
  readonly scale: number;
}

interface Edge {
  readonly to: number;
  readonly rate: Product;
}

/** For each node the best product of a walk to the source with at most so many edges, and its next node. */
type Layer = readonly ({ readonly product: Product; readonly next: number } | undefined)[];

const powers: bigint[] = [1n];

function powerOfTen(exponent: number): bigint {
  for (let known = powers.length; known <= exponent; known += 1) powers.push((powers[known - 1] ?? 1n) * 10n);
  return powers[exponent] ?? 1n;
}

const one: Product = { numerator: 1n, scale: 0 };

function toProduct(rate: Rate): Product {
  // The denominator is a power of ten.
  return { numerator: rate.numerator, scale: String(rate.denominator).length - 1 };
}

function multiply(left: Product, right: Product): Product {
  return { numerator: left.numerator * right.numerator, scale: left.scale + right.scale };
}

function isGreater(left: Product, right: Product): boolean {
  const scale = Math.max(left.scale, right.scale);
  return left.numerator * powerOfTen(scale - left.scale) > right.numerator * powerOfTen(scale - right.scale);
}

function writeProduct({ numerator, scale }: Product): string {
  const digits = String(numerator).padStart(scale + 1, "0");
  const fraction = digits.slice(digits.length - scale).replace(/0+$/, "");
  const whole = digits.slice(0, digits.length - scale);
  return scale === 0 || fraction === "" ? whole : `${whole}.${fraction}`;
}

/** The network as seen from one changed rate: what may be a part of a path from its target to its source. */
class Network {
  readonly source: number;
  readonly target: number;
  readonly nodes: CycleNode[] = [];
  readonly edges: Edge[][] = [];
  readonly #numbers = new Map<string, number>();

  constructor(inForce: Iterable<RateEdge>, changed: RateEdge) {
    this.source = this.#numberOf(changed.sourceSystem, changed.sourceCreditType);
    this.target = this.#numberOf(changed.targetSystem, changed.targetCreditType);
    for (const edge of inForce) {
      const from = this.#numberOf(edge.sourceSystem, edge.sourceCreditType);
      const to = this.#numberOf(edge.targetSystem, edge.targetCreditType);
      // A path neither leaves its end nor returns to its beginning; this also leaves out the changed rate's
      // own old version.
      if (from === this.source || to === this.target || from === to) continue;
      this.edges[from]?.push({ to, rate: toProduct(edge.rate) });
    }
  }

  #numberOf(systemId: string, creditTypeId: string): number {
    const name = `${systemId} ${creditTypeId}`;
    const known = this.#numbers.get(name);
    if (known !== undefined) return known;
    const number = this.nodes.length;
    this.#numbers.set(name, number);
    this.nodes.push({ systemId, creditTypeId });
    this.edges.push([]);
    return number;
  }

  /** Nodes that the target leads to. */
  reachable(): Set<number> {
    const reached = new Set([this.target]);
    for (const node of reached) for (const { to } of this.edges[node] ?? []) reached.add(to);
    return reached;
  }
}

/** The next layer; undefined where one more edge makes nothing better. */
function extendLayer(network: Network, reached: ReadonlySet<number>, layer: Layer): Layer | undefined {
  const extended = [...layer];
  let hasChanged = false;
  for (const node of reached) {
    for (const { to, rate } of network.edges[node] ?? []) {
      const rest = layer[to];
      if (rest === undefined) continue;
      const product = multiply(rate, rest.product);
      const best = extended[node];
      if (best !== undefined && !isGreater(product, best.product)) continue;
      extended[node] = { product, next: to };
      hasChanged = true;
    }
  }
  return hasChanged ? extended : undefined;
}

/** The walk behind the target's best product in the last layer. */
function readWalk(network: Network, layers: readonly Layer[]): number[] {
  const walk = [network.target];
  let node = network.target;
  for (let index = layers.length - 1; index > 0 && node !== network.source; index -= 1) {
    // Where a layer made the node no better, an earlier one knows its walk.
    if (layers[index]?.[node] === layers[index - 1]?.[node]) continue;
    node = layers[index]?.[node]?.next ?? network.source;
    walk.push(node);
  }
  return walk;
}

const PATH_STEPS_MAX = 20_000;

/** Tries out paths from the target to the source, leaving out what the bounds show to be hopeless (G3). */
class PathSearch {
  readonly #network: Network;
  readonly #layers: readonly Layer[];
  readonly #path: number[];
  readonly #onPath: Set<number>;
  #steps = 0;

  constructor(network: Network, layers: readonly Layer[]) {
    this.#network = network;
    this.#layers = layers;
    this.#path = [network.target];
    this.#onPath = new Set(this.#path);
  }

  get isExhausted(): boolean {
    return this.#steps > PATH_STEPS_MAX;
  }

  /** @param product of the changed rate and the path so far */
  find(product: Product, edgesLeft: number): { path: number[]; product: Product } | undefined {
    const node = this.#path.at(-1) ?? this.#network.target;
    if (node === this.#network.source) return { path: [...this.#path], product };
    const bounds = this.#layers[Math.min(edgesLeft - 1, this.#layers.length - 1)];
    for (const { to, rate } of this.#network.edges[node] ?? []) {
      const bound = bounds?.[to];
      if (bound === undefined || this.#onPath.has(to)) continue;
      this.#steps += 1;
      if (this.isExhausted) return undefined;
      const extended = multiply(product, rate);
      if (!isGreater(multiply(extended, bound.product), one)) continue;
      this.#path.push(to);
      this.#onPath.add(to);
      const found = this.find(extended, edgesLeft - 1);
      if (found !== undefined) return found;
      this.#path.pop();
      this.#onPath.delete(to);
    }
    return undefined;
  }
}

/**
 * The cycle through a changed rate that gains with it; undefined if none does (G1).
 * @param inForce every rate in force; the changed one's present version among them or not
 */
export function findGainingCycle(inForce: Iterable<RateEdge>, changed: RateEdge): GainingCycle | undefined {
  const network = new Network(inForce, changed);
  const rate = toProduct(changed.rate);
  const describe = (path: readonly number[], product: Product): GainingCycle => ({
    nodes: [network.source, ...path].flatMap((node) => network.nodes[node] ?? []),
    gain: writeProduct(product),
  });
  if (network.source === network.target) {
    return isGreater(rate, one) ? describe([network.target], rate) : undefined;
  }
  const reached = network.reachable();
  if (!reached.has(network.source)) return undefined;

  const first: ({ product: Product; next: number } | undefined)[] = network.nodes.map(() => undefined);
  first[network.source] = { product: one, next: network.source };
  const layers: Layer[] = [first];
  let gainingWalk: { path: readonly number[]; product: Product } | undefined;
  for (let edgeCount = 1; edgeCount < reached.size; edgeCount += 1) {
    const layer = extendLayer(network, reached, layers.at(-1) ?? first);
    if (layer === undefined) break;
    layers.push(layer);
    const best = layer[network.target];
    if (gainingWalk !== undefined || best === undefined) continue;
    const product = multiply(rate, best.product);
    if (!isGreater(product, one)) continue;
    gainingWalk = { path: readWalk(network, layers), product };
    if (new Set(gainingWalk.path).size === gainingWalk.path.length)
      return describe(gainingWalk.path, product);
  }
  if (gainingWalk === undefined) return undefined;
  const search = new PathSearch(network, layers);
  const found = search.find(rate, reached.size - 1);
  if (found !== undefined) return describe(found.path, found.product);
  return search.isExhausted ? describe(gainingWalk.path, gainingWalk.product) : undefined;
}
