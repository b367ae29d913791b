// Creating the target's user of an exchange: at its partner, or here where the target is hosted.
import { callPaths, judgeAnswer, type Verdict } from "@pointbridge/protocol/pxp";
import { isAnswer, type PartnerCalls, type PartnerQueueListener, unknownOf } from "./partner-queue.ts";
import { traceHeadersOf, type UserRequest } from "./partner-requests.ts";
import { type ProvisioningPlace, provisionUser, readProfile, settleMapping } from "./provisioning.ts";

const principal = "node";

function unknown(reason: string): Verdict {
  return { kind: "unknown", reason };
}

export interface UserCreationSettings extends Pick<PartnerQueueListener, "heard"> {
  /** Of one attempt. */
  readonly timeoutMs: number;
  judged(request: UserRequest, verdict: Verdict): Promise<void>;
}

/** Users that are created at a time. */
const CREATIONS_MAX = 16;

export class UserCreation {
  readonly #place: ProvisioningPlace;
  readonly #lines: PartnerCalls;
  readonly #settings: UserCreationSettings;
  readonly #waiting = new Map<string, UserRequest>();
  readonly #creating = new Map<string, Promise<void>>();
  readonly #lengths = new Map<string, number>();
  #stopped = false;

  constructor(place: ProvisioningPlace, lines: PartnerCalls, settings: UserCreationSettings) {
    this.#place = place;
    this.#lines = lines;
    this.#settings = settings;
  }

  /** How many of a system's users are to be created. */
  lengthFor(systemId: string): number {
    return this.#lengths.get(systemId) ?? 0;
  }

  /** Puts a user in line, once for each exchange that asks. */
  add(request: UserRequest): void {
    const { operationId, systemId } = request;
    if (this.#stopped || this.#waiting.has(operationId) || this.#creating.has(operationId)) return;
    this.#waiting.set(operationId, request);
    this.#lengths.set(systemId, this.lengthFor(systemId) + 1);
    this.#pump();
  }

  /** Begins no more and waits for those under way. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#waiting.clear();
    await Promise.all(this.#creating.values());
  }

  #pump(): void {
    for (const [operationId, request] of this.#waiting) {
      if (this.#creating.size >= CREATIONS_MAX) return;
      this.#waiting.delete(operationId);
      const run = this.#createAndTell(request).finally(() => {
        this.#creating.delete(operationId);
        this.#lengths.set(request.systemId, this.lengthFor(request.systemId) - 1);
        this.#pump();
      });
      this.#creating.set(operationId, run);
    }
  }

  async #createAndTell(request: UserRequest): Promise<void> {
    const verdict = await this.#ask(request);
    await this.#settings.judged(request, verdict);
    // Said again once the silence is stored, as for movements.
    if (verdict.kind === "unknown" && !request.isHosted) this.#settings.heard(request.systemId, false);
  }

  /** Asks for the user once; what goes wrong here is as unknown as what goes wrong at a partner. */
  async #ask(request: UserRequest): Promise<Verdict> {
    try {
      return await this.#create(request);
    } catch (error) {
      return unknown(error instanceof Error ? error.message : String(error));
    }
  }

  async #create(request: UserRequest): Promise<Verdict> {
    const { systemId: targetSystem, sourceSystem, sourceUserId, isHosted } = request;
    const pair = { sourceSystem, sourceUserId, targetSystem };
    const profile = await readProfile(this.#place, sourceSystem, sourceUserId);
    if (profile === undefined) return { kind: "provision_refused", code: "user_not_found" };
    if (isHosted) {
      const { userId } = await provisionUser(this.#place, pair, profile, principal);
      return { kind: "provisioned", userId };
    }
    const body = {
      source_system: sourceSystem,
      source_user_id: sourceUserId,
      target_system: targetSystem,
      profile,
    };
    const bytes = Buffer.from(JSON.stringify(body));
    const { timeoutMs } = this.#settings;
    const result = await this.#lines.callThrough(targetSystem, callPaths.users, bytes, {
      timeoutMs,
      headers: traceHeadersOf([request]),
    });
    this.#settings.heard(targetSystem, isAnswer(result));
    if ("unknown" in result) return unknownOf(result);
    const verdict = judgeAnswer("users", { source_user_id: sourceUserId }, result);
    if (verdict.kind !== "provisioned") return verdict;
    const { database, shardCount } = this.#place;
    const settled = await settleMapping(database, shardCount, pair, verdict.userId, principal);
    // The partner named a user who is somebody else's: nobody may be credited by that.
    if (settled === "taken") return { kind: "provision_refused", code: "mapping_taken" };
    return { kind: "provisioned", userId: settled.mapping.targetUserId };
  }
}
