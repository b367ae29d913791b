// The accounts of this node that a stored operation moved, or may still move.
import type { AccountOwner } from "./account.ts";
import type { Operation } from "./operation.ts";

function ownerFrom(
  systemId: string | null,
  userId: string | null,
  creditTypeId: string | null,
): AccountOwner | undefined {
  if (systemId === null || userId === null || creditTypeId === null) return undefined;
  return { systemId, userId, creditTypeId };
}

/** The source's account of an exchange, wherever it is kept. */
export function sourceOwnerOf(operation: Operation): AccountOwner | undefined {
  return ownerFrom(operation.sourceSystem, operation.userId, operation.sourceCreditType);
}

/** The target's account of an exchange, wherever it is kept; undefined while its user is not known. */
export function targetOwnerOf(operation: Operation): AccountOwner | undefined {
  return ownerFrom(operation.targetSystem, operation.targetUserId, operation.targetCreditType);
}

/** The account that a stored credit, debit or hold moved; undefined for what moved none. */
export function ownerOf(operation: Operation): AccountOwner | undefined {
  switch (operation.kind) {
    case "partner_credit":
      return ownerFrom(operation.targetSystem, operation.userId, operation.targetCreditType);
    case "partner_hold":
      return ownerFrom(operation.sourceSystem, operation.userId, operation.sourceCreditType);
    default:
      return ownerFrom(
        operation.targetSystem ?? operation.sourceSystem,
        operation.userId,
        operation.targetCreditType ?? operation.sourceCreditType,
      );
  }
}

/** The accounts of this node that a command on this operation may move. */
export function movableOwnersOf(operation: Operation): AccountOwner[] {
  const crossing = operation.data?.crossing;
  if (operation.kind === "exchange") {
    if (crossing === undefined || crossing.state === "completed" || crossing.state === "failed") return [];
    const source = crossing.source === "hosted" ? sourceOwnerOf(operation) : undefined;
    const target = crossing.target === "hosted" ? targetOwnerOf(operation) : undefined;
    return [source, target].filter((owner) => owner !== undefined);
  }
  if (operation.status !== "held" && operation.status !== "completed") return [];
  const owner = ownerOf(operation);
  return owner === undefined ? [] : [owner];
}
