// Verifying an audit log outside the node: from its entries, its checkpoints and the node's public keys, and nothing
// that the node computed.
//
// W1  An entry that is missing, one that is not what its leaf commits to, a tree that is not what was signed, and a
//     checkpoint that the node did not sign are each named.
// W2  A checkpoint from elsewhere must be signed by one of the keys. One that the node keeps may be of a key that has
//     been retired since; the newest may not, and every one must fit the tree.

import type { PublicJwk } from "../pxp/index.ts";
import { findSigner, noteKeyHash, parseCheckpoint, type SignedCheckpoint } from "./checkpoint.ts";
import { commitmentOf, leafOf } from "./leaf.ts";
import { GrowingTree } from "./tree.ts";

export interface LogEntry {
  readonly entry_index: number;
  readonly body: string;
  readonly salt: string;
  readonly commitment: string;
}

export interface GivenCheckpoint {
  readonly note: string;
  /** For people: a file, or the node. */
  readonly source: string;
  /** Whether the node itself gave it. */
  readonly isStored: boolean;
}

export interface LogReport {
  readonly entries: number;
  /** Checkpoints that fit and are signed by one of the keys. */
  readonly verified_checkpoints: number;
  /** Checkpoints that fit, of keys that are not among those given. */
  readonly unverified_checkpoints: number;
  readonly tree_size: number;
  /** Hex. */
  readonly root_hash: string;
  readonly faults: readonly string[];
}

const FAULTS_MAX = 50;

interface Judged extends GivenCheckpoint {
  readonly checkpoint: SignedCheckpoint;
  readonly isSigned: boolean;
}

export class LogVerifier {
  readonly #tree = new GrowingTree();
  readonly #checkpoints: Judged[] = [];
  readonly #faults: string[] = [];
  #next = 0;
  #matchedSize = 0;
  #verified = 0;
  #unverified = 0;
  #isBroken = false;

  /** @param keys the node's, of now and of before, from where they can be trusted */
  constructor(origin: string | undefined, given: readonly GivenCheckpoint[], keys: readonly PublicJwk[]) {
    for (const one of given) {
      const checkpoint = parseCheckpoint(one.note);
      if (checkpoint === undefined) {
        this.#fault(`${one.source} is no checkpoint that can be read`);
        continue;
      }
      const expected = origin ?? checkpoint.origin;
      if (checkpoint.origin !== expected) {
        this.#fault(`${one.source} is of another log: ${checkpoint.origin}, and this one is ${expected}`);
        continue;
      }
      const isSigned = findSigner(checkpoint, keys) !== undefined;
      const namesKey = checkpoint.signatures.some(({ name, keyHash }) =>
        keys.some((key) => noteKeyHash(name, key.x) === keyHash),
      );
      if (!isSigned && (namesKey || !one.isStored)) this.#rewritten(one, checkpoint.size);
      else this.#checkpoints.push({ ...one, checkpoint, isSigned });
    }
    this.#checkpoints.sort((left, right) => left.checkpoint.size - right.checkpoint.size);
    const newest = this.#checkpoints.findLast(({ isStored }) => isStored);
    if (newest !== undefined && !newest.isSigned) this.#rewritten(newest, newest.checkpoint.size);
    this.#compare();
  }

  #fault(text: string): void {
    if (this.#faults.length < FAULTS_MAX) this.#faults.push(text);
  }

  #rewritten({ source }: GivenCheckpoint, size: number): void {
    this.#fault(
      `the checkpoint of ${size} entries (${source}) is not signed by any of the keys: it was rewritten, or a key is missing`,
    );
  }

  /** The checkpoints of the tree as it is. */
  #compare(): void {
    for (
      let [first] = this.#checkpoints;
      first?.checkpoint.size === this.#tree.size;
      [first] = this.#checkpoints
    ) {
      this.#checkpoints.shift();
      if (Buffer.from(first.checkpoint.root).equals(this.#tree.root())) {
        if (first.isSigned) this.#verified += 1;
        else this.#unverified += 1;
        if (first.isSigned) this.#matchedSize = this.#tree.size;
      } else {
        const what = first.isSigned ? "the log was changed" : "the log or this checkpoint was changed";
        const place = `between entries ${this.#matchedSize} and ${this.#tree.size - 1}`;
        this.#fault(
          `the tree of ${this.#tree.size} entries is not the one of the checkpoint (${first.source}): ${what} ${place}`,
        );
      }
    }
  }

  /** Takes the log's entries one by one, from the first. */
  add(entry: LogEntry): void {
    if (this.#isBroken) return;
    if (entry.entry_index !== this.#next) {
      this.#isBroken = true;
      const last = entry.entry_index - 1;
      const which = last > this.#next ? `entries ${this.#next} to ${last} are` : `entry ${this.#next} is`;
      this.#fault(
        entry.entry_index < this.#next ? `entry ${entry.entry_index} comes twice` : `${which} missing`,
      );
      return;
    }
    if (!isCommittedTo(entry))
      this.#fault(`entry ${this.#next} was changed: it is not what its leaf commits to`);
    this.#tree.append(leafOf(Buffer.from(entry.commitment, "hex")));
    this.#next += 1;
    this.#compare();
  }

  finish(): LogReport {
    const [first] = this.#checkpoints;
    if (first !== undefined && !this.#isBroken) {
      this.#fault(
        `the log ends with ${this.#tree.size} entries, and a checkpoint of ${first.checkpoint.size} was signed (${first.source}): entries were removed`,
      );
    }
    return {
      entries: this.#next,
      verified_checkpoints: this.#verified,
      unverified_checkpoints: this.#unverified,
      tree_size: this.#tree.size,
      root_hash: Buffer.from(this.#tree.root()).toString("hex"),
      faults: [...this.#faults],
    };
  }
}

function isCommittedTo({ salt, body, commitment }: LogEntry): boolean {
  try {
    return commitmentOf(salt, body).toString("hex") === commitment;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}
