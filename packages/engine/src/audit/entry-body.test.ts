// What an entry says of who did what.
import { expect, it } from "vitest";
import type { OperationChange } from "../changes/index.ts";
import { readEntryOperations, writeEntryBody } from "./entry-body.ts";

it("an entry keeps apart whose names come to the same when they are put behind each other", () => {
  const changeOf = (operationId: string, principal: string, approvedBy: string): OperationChange => ({
    type: "operation",
    operationId,
    kind: "exchange",
    status: "completed",
    seal: { salt: "c2FsdA", principal, approvedBy, digest: "d".repeat(43) },
  });
  const items = [changeOf("op-1", "ann b", "cid"), changeOf("op-2", "ann", "b cid")];
  const change = { position: 1n, shardId: 1, at: new Date(0), items };
  const body = writeEntryBody(change, new Map(), "c2FsdA");
  expect(readEntryOperations(body).map(({ operationId, principal }) => [operationId, principal])).toEqual([
    ["op-1", "ann b"],
    ["op-2", "ann"],
  ]);
});
