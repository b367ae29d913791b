// Splits one request over the lanes where its commands can't tell the difference.
//
// S1  Commands about one member stay together, in order, in the lane of that member.
// S2  A request is split only where every command is about one known member, and no id and no business
//     reference comes twice, and no limit counts what different members do together. An exchange over a mapped link credits somebody who is known only inside the
//     transaction, so a request with one runs whole. Which links are mapped is read when the request comes.
import {
  businessReferenceKey,
  type Catalog,
  type Command,
  type CreatingCommand,
  type Flow,
  flowOfExchange,
  flowOfPartner,
  isCreating,
  isShared,
  needsMapping,
  referenceOf,
  shardOf,
} from "../domain/index.ts";

/** Some of a request's commands, with their places in it. */
export interface Part {
  readonly commands: Command[];
  readonly places: number[];
}

/** Who a command is about: a member, or what is known by an operation id only. */
export function placeOf(command: Command): string {
  return isCreating(command) ? command.userId : command.operationId;
}

/** What limits judge a command by, if they do. */
function flowOf(command: CreatingCommand): Flow | undefined {
  switch (command.type) {
    case "exchange":
      return flowOfExchange(command);
    case "partner_credit":
    case "partner_hold":
      return flowOfPartner(command);
    default:
      return undefined;
  }
}

/** Which of two commands a limit refuses depends on their order. */
function isUnderSharedLimit(command: CreatingCommand, catalog: Catalog): boolean {
  const flow = flowOf(command);
  if (flow === undefined) return false;
  const { side, sourceSystem, targetSystem, creditTypeId } = flow;
  return catalog.limitsOf(side, sourceSystem, targetSystem, creditTypeId).some(isShared);
}

function isSplittable(commands: readonly Command[], catalog: Catalog): boolean {
  const names = new Set<string>();
  const isNew = (name: string): boolean => !names.has(name) && names.add(name).size > 0;
  for (const command of commands) {
    if (!isCreating(command)) return false;
    if (command.type === "exchange" && needsMapping(command, catalog)) return false;
    if (isUnderSharedLimit(command, catalog)) return false;
    // An id holds no quotes, so it can't be mistaken for a reference's key, which is a JSON list.
    if (!isNew(command.operationId)) return false;
    const reference = referenceOf(command);
    if (reference !== undefined && !isNew(businessReferenceKey(reference))) return false;
  }
  return true;
}

/**
 * The parts of a request by the number of their lane; undefined where it has to run whole.
 * @param catalog tells which links are mapped
 */
export function splitByMember(
  commands: readonly Command[],
  catalog: Catalog,
  laneCount: number,
): Map<number, Part> | undefined {
  if (laneCount === 1 || !isSplittable(commands, catalog)) return undefined;
  const parts = new Map<number, Part>();
  for (const [place, command] of commands.entries()) {
    const lane = shardOf(placeOf(command), laneCount);
    const part = parts.get(lane) ?? { commands: [], places: [] };
    parts.set(lane, part);
    part.commands.push(command);
    part.places.push(place);
  }
  return parts;
}
