// A crossing: an exchange that one transaction can't finish, because a leg of it is at a partner or its
// target's user is still to be created. Its states, and what each verdict makes of them.
// Pure, and the only place where a crossing moves: the engine runs it, the model explores it.
//
// The legs of a crossing are the source's hold (held, then captured or released) and the target's credit
// (credited, or fenced by a rollback). A leg on this node gives its verdict within the transaction that
// reaches it; a leg at a partner gives it by a signed answer, at some time.
//
// K1  The source is released only on a verdict that says that the target has nothing and never will.
// K2  The decision to roll back is stored before the first rollback leaves and is one-way: from then on a
//     late `credited` counts for nothing, only the rollback's own verdict or a refusal does.
// K3  Once the target has the points, or keeps them against a rollback, the source is captured, however long
//     it takes; a capture can't be refused.
// K4  What is not known moves nothing: there is no transition for it.
// K5  A credit is asked for only after the source's hold stands.
// K6  A verdict that does not belong to the state changes nothing.
// K7  Two people may write a crossing off that needs attention and whose credit is not known: the source is
//     captured, as if the target had the points, and the member is paid from the suspense account, which stands
//     in for whatever the target turns out to have.

export type CrossingState =
  /** The source's hold is asked for at a partner. */
  | "holding"
  /** The hold stands; the target's user is to be created. */
  | "provisioning"
  /** The hold stands; the credit is asked for, and may be there already. */
  | "crediting"
  /** It was decided that the credit must not be; the target is asked to take it back or to fence it. */
  | "rolling_back"
  /** The target has the points; the source's hold is to be captured. */
  | "capturing"
  /** The target has nothing and never will; the source's hold is to be released. */
  | "releasing"
  | "completed"
  | "failed";

export type Leg = "hosted" | "remote";

/** Why a crossing failed: which side, and whether it refused or could not be known. */
export type CrossingFailure = "source_refused" | "source_unknown" | "target_refused" | "target_unknown";

export interface Crossing {
  readonly state: CrossingState;
  readonly source: Leg;
  readonly target: Leg;
  /** The target's user is not known yet and has to be created there. */
  readonly needsUser: boolean;
  readonly failure: CrossingFailure | null;
  /** The code with which a partner refused. */
  readonly partnerCode: string | null;
  /** A person should look: verdicts contradict each other, or none came for too long. */
  readonly attention: boolean;
}

/** What is known about a leg, or was decided. Verdicts are those of the partner protocol. */
export type CrossingEvent =
  | { readonly kind: "held" }
  | { readonly kind: "hold_refused"; readonly code: string }
  | { readonly kind: "provisioned"; readonly userId: string }
  | { readonly kind: "provision_refused"; readonly code: string }
  | { readonly kind: "credited" }
  | { readonly kind: "credit_refused"; readonly code: string }
  | { readonly kind: "rolled_back" }
  | { readonly kind: "rollback_refused" }
  | { readonly kind: "captured" }
  | { readonly kind: "hold_gone" }
  | { readonly kind: "released" }
  /** Decided: no more waiting for the credit, it has to be undone. */
  | { readonly kind: "undo" }
  /** Decided: a person has to look. */
  | { readonly kind: "alarm" }
  /** Decided by two people: the partner is gone, and the member gets the points from the suspense account. */
  | { readonly kind: "write_off" };

export function beginCrossing(source: Leg, target: Leg, needsUser: boolean): Crossing {
  const begun = { source, target, needsUser, failure: null, partnerCode: null, attention: false };
  if (source === "remote") return { ...begun, state: "holding" };
  return { ...begun, state: needsUser ? "provisioning" : "crediting" };
}

export function hasEnded(crossing: Crossing): boolean {
  return crossing.state === "completed" || crossing.state === "failed";
}

function release(crossing: Crossing, failure: CrossingFailure, partnerCode: string | null): Crossing {
  return { ...crossing, state: "releasing", failure, partnerCode };
}

function whileHolding(crossing: Crossing, event: CrossingEvent): Crossing | undefined {
  switch (event.kind) {
    case "held":
      return { ...crossing, state: crossing.needsUser ? "provisioning" : "crediting" };
    case "hold_refused":
      return {
        ...crossing,
        state: "failed",
        failure: "source_refused",
        partnerCode: event.code,
        attention: false,
      };
    case "undo":
      // The release fences a hold that may still be under way (K1: no credit was asked for, K5).
      return release(crossing, "source_unknown", null);
    default:
      return undefined;
  }
}

function whileProvisioning(crossing: Crossing, event: CrossingEvent): Crossing | undefined {
  switch (event.kind) {
    case "provisioned":
      return { ...crossing, state: "crediting", needsUser: false };
    case "provision_refused":
      return release(crossing, "target_refused", event.code);
    case "undo":
      return release(crossing, "target_unknown", null);
    default:
      return undefined;
  }
}

function whileCrediting(crossing: Crossing, event: CrossingEvent): Crossing | undefined {
  switch (event.kind) {
    case "credited":
      return { ...crossing, state: "capturing" };
    case "credit_refused":
      return release(crossing, "target_refused", event.code);
    case "undo":
      return { ...crossing, state: "rolling_back" };
    default:
      return undefined;
  }
}

function whileRollingBack(crossing: Crossing, event: CrossingEvent): Crossing | undefined {
  switch (event.kind) {
    case "rolled_back":
      return release(crossing, "target_unknown", null);
    case "credit_refused":
      // A late copy of the credit may tell of our own rollback: nobody refused it.
      if (event.code === "rolled_back") return release(crossing, "target_unknown", null);
      return release(crossing, "target_refused", event.code);
    case "rollback_refused":
      return { ...crossing, state: "capturing" };
    default:
      return undefined;
  }
}

/** K7: only where the hold is ours and the target's side is what is not known. */
function writeOff(crossing: Crossing): Crossing | undefined {
  const { state, source, attention } = crossing;
  const isUnknown = state === "crediting" || state === "rolling_back";
  if (!attention || source !== "hosted" || !isUnknown) return undefined;
  return { ...crossing, state: "failed", failure: "target_unknown", attention: false };
}

function whileCapturing(crossing: Crossing, event: CrossingEvent): Crossing | undefined {
  switch (event.kind) {
    case "captured":
      return { ...crossing, state: "completed", attention: false };
    case "hold_gone":
      // The source says that the hold, which only this crossing may end, is gone.
      return { ...crossing, attention: true };
    default:
      return undefined;
  }
}

function whileReleasing(crossing: Crossing, event: CrossingEvent): Crossing | undefined {
  switch (event.kind) {
    case "released":
      return { ...crossing, state: "failed", attention: false };
    case "captured":
      return { ...crossing, attention: true };
    default:
      return undefined;
  }
}

const rules: Partial<
  Record<CrossingState, (crossing: Crossing, event: CrossingEvent) => Crossing | undefined>
> = {
  holding: whileHolding,
  provisioning: whileProvisioning,
  crediting: whileCrediting,
  rolling_back: whileRollingBack,
  capturing: whileCapturing,
  releasing: whileReleasing,
};

/** What an event makes of a crossing; undefined where it changes nothing (K4, K6). */
export function advanceCrossing(crossing: Crossing, event: CrossingEvent): Crossing | undefined {
  if (hasEnded(crossing)) return undefined;
  if (event.kind === "alarm") return crossing.attention ? undefined : { ...crossing, attention: true };
  if (event.kind === "write_off") return writeOff(crossing);
  return rules[crossing.state]?.(crossing, event);
}

export type LocalStep = "credit" | "capture" | "release";

/** What this node's own ledger has to do now, in the transaction that reached this state; else undefined. */
export function localStepOf(crossing: Crossing): LocalStep | undefined {
  const { state, source, target } = crossing;
  if (state === "crediting" && target === "hosted") return "credit";
  if (state === "capturing" && source === "hosted") return "capture";
  if (state === "releasing" && source === "hosted") return "release";
  return undefined;
}

export type CrossingCall =
  | "holds"
  | "users"
  | "credits"
  | "credits/rollback"
  | "holds/capture"
  | "holds/release";

const callOfState: Readonly<Partial<Record<CrossingState, CrossingCall>>> = {
  holding: "holds",
  provisioning: "users",
  crediting: "credits",
  rolling_back: "credits/rollback",
  capturing: "holds/capture",
  releasing: "holds/release",
};

/**
 * What is to be asked for outside of a transaction, again and again until there is a verdict; undefined once
 * the crossing has ended. Users of a hosted target are created by this node itself.
 */
export function callOf(crossing: Crossing): CrossingCall | undefined {
  return callOfState[crossing.state];
}

/** Which side is asked. */
export function calledSideOf(call: CrossingCall): "source" | "target" {
  return call === "users" || call === "credits" || call === "credits/rollback" ? "target" : "source";
}
