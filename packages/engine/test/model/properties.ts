// What must hold in every state that one exchange can reach.
//
// Z1  Points are neither made nor lost: each side moves once at most; the target has points only while the
//     source's are held or captured; the source's are captured only while the target has them.
// Z2  Completed means captured and credited; failed means that nothing is held, captured or credited. For
//     good: what is still under way when it ends is explored on, and may change none of it.
// Z3  Once the network heals an end is reached, from every state and by healthy steps alone.
// Z4  An end is final, and asks for nobody's attention.
// Z5  A user is created once.
// Z6  Written off means failed, the source's points captured and its member paid by the suspense account, once;
//     what the target has, or will have, stands against that account.
import { hasEnded } from "../../src/domain/index.ts";
import { asked, type World } from "./world.ts";

function violationOfWriteOff({ crossing, source, suspense }: World): string | undefined {
  const { held, out, available } = source;
  const isPaid = suspense === asked && out === asked && held === 0 && available === asked;
  return crossing.state === "failed" && isPaid ? undefined : "Z6: written off, but not paid once";
}

function violationOfPoints({ source, target }: World): string | undefined {
  const { held, out, available } = source;
  if (target.received > asked) return "Z1: the target was credited more than once or more than asked";
  if (target.received < 0) return "Z1: more was taken back than was credited";
  if (out > asked || held < 0 || held > asked) return "Z1: the source was debited more than once";
  if (available + held + out !== asked) return "Z1: the source's ledger does not add up";
  const isKept = held + out === asked;
  if (target.received > 0 && !isKept) return "Z1: points made: the target has them and so has the source";
  if (out > 0 && target.received === 0) return "Z1: points lost: the source paid and the target has nothing";
  return undefined;
}

function violationOfEnd({ crossing, source, target }: World): string | undefined {
  if (crossing.state === "completed" && (source.out !== asked || target.received !== asked)) {
    return "Z2: completed, but not captured and credited";
  }
  if (crossing.state === "failed") {
    if (source.held !== 0) return "Z2: failed, but points stay held";
    if (source.out !== 0 || target.received !== 0) return "Z2: failed, but points moved";
  }
  if (hasEnded(crossing) && crossing.attention) return "Z4: ended, and still asks for attention";
  return undefined;
}

/** What is wrong with a world, if anything. */
export function violationOf(world: World): string | undefined {
  if (world.target.users > 1) return "Z5: the user was created twice";
  if (world.suspense !== 0) return violationOfWriteOff(world);
  return violationOfPoints(world) ?? violationOfEnd(world);
}

/** What is wrong with a step although both of its worlds may be well. */
export function violationOfStep(before: World, after: World): string | undefined {
  if (!hasEnded(before.crossing) || before.crossing.state === after.crossing.state) return undefined;
  return `Z4: ${before.crossing.state} became ${after.crossing.state}`;
}
