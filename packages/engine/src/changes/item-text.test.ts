// What is written of operations and lines is read again as it was.
import fc from "fast-check";
import { expect, it } from "vitest";
import type { LineChange, OperationChange } from "./change.ts";
import { readItems, writeItems } from "./item-text.ts";

const salt = "c2FsdHNhbHRzYWx0c2FsdA";
const name = fc.string({ minLength: 1, maxLength: 12, unit: "grapheme" });
const seal = fc.record({
  salt: fc.constant(salt),
  principal: name,
  approvedBy: fc.option(name, { nil: undefined }),
  digest: fc.stringMatching(/^[\w-]{43}$/),
});
const operation = fc
  .record({
    operationId: fc.stringMatching(/^[\w.:,~/-]{1,20}$/),
    kind: fc.constantFrom<OperationChange["kind"]>("exchange", "partner_credit"),
    status: fc.constantFrom<OperationChange["status"]>("completed", "failed"),
    seal: fc.option(seal, { nil: undefined }),
  })
  .map(
    ({ seal: sealed, ...named }): OperationChange =>
      sealed === undefined ? { type: "operation", ...named } : { type: "operation", ...named, seal: sealed },
  );
const line = fc
  .record({
    accountNo: fc.bigInt({ min: 1n, max: 2n ** 63n - 1n }),
    version: fc.bigInt({ min: 0n, max: 10n ** 9n }),
  })
  .map((fields): LineChange => ({ type: "line", ...fields }));

it("items are read as they were written, whatever their ids and principals", () => {
  fc.assert(
    fc.property(fc.array(operation), fc.array(line), (operations, lines) => {
      const read = readItems(writeItems(operations, lines));
      expect(read).toHaveLength(operations.length + lines.length);
      expect(read).toEqual(expect.arrayContaining([...operations, ...lines]));
      expect(read.filter((item) => item.type === "line")).toEqual(lines);
    }),
  );
});
