// How much this node takes on at once: requests under way and bytes of their bodies, in all and for each caller.
//
// O1  What is new is turned away first, before the database, a key or a body is looked at, with when to come again.
// O2  What is under way goes on: what is asked of an operation by its id, what a partner rolls back, captures,
//     releases or reads, and what people do about it (approving, settling, switching off) has room when what is new
//     has none. What the node does by itself does not pass here.
// O3  No caller takes all the room: each has half of it.
// O4  A place is left once, when the answer is over or its connection is gone; but not while what was asked is still
//     being done, since whoever has hung up asks again.
import type { EventEmitter } from "node:events";
import type { IncomingHttpHeaders } from "node:http";
import type { Permission } from "./permissions.ts";
import { HttpError } from "./problem.ts";

/** `mixed`: a partner's batch, in which both may be. */
export type LoadKind = "new" | "mixed" | "going";

export interface LoadSettings {
  /** Requests under way, of what is new. */
  readonly requestsMax: number;
  /** Bytes of bodies under way, of what is new. */
  readonly bytesMax: number;
}

export const defaultLoadSettings: LoadSettings = { requestsMax: 10_000, bytesMax: 512 * 1024 * 1024 };

/** How far beyond what is new each kind may go (O2). */
const room: Readonly<Record<LoadKind, number>> = { new: 1, mixed: 2, going: 4 };

/** What people do about what goes wrong, and switches. */
const remedies: ReadonlySet<Permission> = new Set<Permission>([
  "sign_in",
  "resolve",
  "approve",
  "administer",
]);

/** Of a call of /v1. */
export function kindOfRoute(route: {
  readonly name: string;
  readonly path: string;
  readonly permission: Permission;
}): LoadKind {
  if (route.path.includes("{operation_id}")) return "going";
  return remedies.has(route.permission) && route.name !== "importLines" ? "going" : "new";
}

/** Of a partner's call. */
export function kindOfCall(callName: string): LoadKind {
  if (callName === "batch") return "mixed";
  return callName === "credits" || callName === "holds" || callName === "users" ? "new" : "going";
}

/** What a request says of its body's length; as much as it may have where it says nothing. */
export function declaredBytes(
  { headers }: { readonly headers: IncomingHttpHeaders },
  bytesMax: number,
): number {
  const length = headers["content-length"];
  if (length !== undefined) return Math.min(Number(length) || 0, bytesMax);
  return headers["transfer-encoding"] === undefined ? 0 : bytesMax;
}

/** A request's place in what the node has under way. */
export interface Place {
  /** Says whose it is. @throws HttpError too_many_requests (O3) */
  claim(caller: string): void;
  /** Does what was asked; the place is kept until it is done (O4). */
  keepFor<T>(work: () => Promise<T>): Promise<T>;
  leave(): void;
}

export class LoadGate {
  readonly #settings: LoadSettings;
  readonly #isFull: () => boolean;
  readonly #byCaller = new Map<string, number>();
  readonly #byConnection = new WeakMap<EventEmitter, Set<Place>>();
  #requests = 0;
  #bytes = 0;

  /** @param isFull whether more waits for the ledger already than is taken on */
  constructor(settings: LoadSettings, isFull: () => boolean) {
    this.#settings = settings;
    this.#isFull = isFull;
  }

  get underWay(): number {
    return this.#requests;
  }

  /**
   * @param connection of which several requests may be under way, and whose end no hook of a request is told of
   * @throws HttpError overloaded (O1)
   */
  enter(kind: LoadKind, bytes: number, connection?: EventEmitter): Place {
    const { requestsMax, bytesMax } = this.#settings;
    const factor = room[kind];
    const isOver =
      this.#requests >= requestsMax * factor ||
      // One body always has room: a limit below the size of a body would take none.
      (this.#bytes > 0 && this.#bytes + bytes > bytesMax * factor) ||
      (kind === "new" && this.#isFull());
    if (isOver) {
      throw new HttpError("overloaded", "this node has all under way that it takes; send the same again");
    }
    this.#requests += 1;
    this.#bytes += bytes;
    return this.#placeOf(factor, bytes, connection && this.#placesOn(connection));
  }

  /** Whose places are left with the connection (O4): one listener, whatever is asked over it. */
  #placesOn(connection: EventEmitter): Set<Place> {
    const known = this.#byConnection.get(connection);
    if (known !== undefined) return known;
    const places = new Set<Place>();
    this.#byConnection.set(connection, places);
    connection.once("close", () => {
      for (const place of places) place.leave();
    });
    return places;
  }

  #placeOf(factor: number, bytes: number, neighbours?: Set<Place>): Place {
    const callerMax = Math.max(1, Math.floor(this.#settings.requestsMax / 2)) * factor;
    let claimed: string | undefined;
    let isLeft = false;
    let isKept = false;
    let isOver = false;
    const place: Place = {
      claim: (caller) => {
        // Whoever has hung up before it was known who it is.
        if (isLeft) return;
        const count = this.#byCaller.get(caller) ?? 0;
        if (count >= callerMax) {
          const detail = `${count} requests of this caller are under way; send the same again when some have ended`;
          throw new HttpError("too_many_requests", detail, { headers: { "retry-after": "1" } });
        }
        claimed = caller;
        this.#byCaller.set(caller, count + 1);
      },
      keepFor: async (work) => {
        isKept = true;
        try {
          return await work();
        } finally {
          isKept = false;
          if (isOver) place.leave();
        }
      },
      leave: () => {
        isOver = true;
        if (isLeft || isKept) return;
        isLeft = true; // O4
        neighbours?.delete(place);
        this.#requests -= 1;
        this.#bytes -= bytes;
        if (claimed !== undefined) this.#leaveCaller(claimed);
      },
    };
    neighbours?.add(place);
    return place;
  }

  #leaveCaller(caller: string): void {
    const count = (this.#byCaller.get(caller) ?? 0) - 1;
    if (count > 0) this.#byCaller.set(caller, count);
    else this.#byCaller.delete(caller);
  }
}
