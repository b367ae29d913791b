// Changes of rates that two nodes agree on: what each side is told, and what it makes of it. Pure.
//
//   proposer   offered ──► agreed            acceptor   waiting ──► accepted ──► agreed
//                 └──────► ended                           └──────────┴────────► ended
//
// One call, told by the proposer until both know the end: it says where the change stands for the proposer, and is
// answered with where it stands for the acceptor. docs/protocol/rates.md shows it as a diagram.
//
// T1  The proposer alone ends a change as agreed: once, before the change expires by its own clock, after it has
//     heard `accepted`, and in the transaction that sets the version. What it has said, it says for ever.
// T2  `accepted` is a promise: the acceptor keeps the pair's place free and takes the proposer's word, whenever it
//     comes. Only an hour after the change expired may somebody there change the rate otherwise.
// T3  The target takes credits at the rate before the source can use it. A proposer that is the target does so from
//     the transaction in which it agrees, before it says so; an acceptor that is the target from its promise on.
// T4  The target takes credits at the rate before until 24 hours after the source is known to have the new one.
// T5  States go forward only. The same call again, or an older one that comes late, answers what stands and changes
//     nothing; a change that ended before it was seen is kept as ended.
// T6  In force from one time on both sides, by each side's database. Who hears of it later has it from then, and not
//     in its history from before. Clocks may differ by an hour: so much earlier credits are taken at it (T3).
// T7  Each side judges by its own rules: limit, second person, cycles, and that nothing was changed meanwhile.

/** The proposer's states. */
export type ProposerState = "offered" | "agreed" | "ended";
/** The acceptor's. */
export type AcceptorState = "waiting" | "accepted" | "agreed" | "ended";
export type AgreementState = ProposerState | AcceptorState;

/** What the acceptor does when it is told where the change stands for the proposer, standing where it does. */
export type AcceptorStep =
  /** It is new: judge it, and wait for somebody to accept it. */
  | "take_up"
  /** It ended before it was seen: keep that (T5). */
  | "fence"
  /** Set the version (T1, T2). */
  | "agree"
  | "end"
  /** Answer what stands. */
  | "stay";

export function acceptorStep(standing: AcceptorState | undefined, told: ProposerState): AcceptorStep {
  switch (told) {
    case "offered":
      return standing === undefined ? "take_up" : "stay";
    case "agreed":
      // Without a promise there is nothing to be held to (T1).
      if (standing === undefined) return "fence";
      return standing === "accepted" ? "agree" : "stay";
    case "ended":
      if (standing === undefined) return "fence";
      return standing === "waiting" || standing === "accepted" ? "end" : "stay";
  }
}

/** What the proposer does with the acceptor's answer, standing where it does. */
export type ProposerStep =
  /** Judge once more and agree, or end it (T1). */
  | "decide"
  | "end"
  /** Both know the end. */
  | "settle"
  /** Agreed here, and ended there: a person has to know. */
  | "settle_broken"
  /** Tell it again. */
  | "wait";

export function proposerStep(standing: ProposerState, answered: AcceptorState): ProposerStep {
  switch (standing) {
    case "offered":
      if (answered === "accepted") return "decide";
      return answered === "ended" ? "end" : "wait";
    case "agreed":
      if (answered === "agreed") return "settle";
      return answered === "ended" ? "settle_broken" : "wait";
    case "ended":
      return answered === "ended" || answered === "agreed" ? "settle" : "wait";
  }
}
