// Members' accounts, and the entries of their statements.
import { type Static, Type } from "typebox";
import {
  accountId,
  closed,
  creditTypeId,
  oneOf,
  operationId,
  pageOf,
  pageQuery,
  points,
  systemId,
  time,
  userId,
} from "./shapes.ts";

export const accountInput = closed("AccountInput", "Whose account, of which points.", {
  system_id: systemId,
  user_id: userId,
  credit_type_id: creditTypeId,
});

export const account = closed("Account", "A member's account.", {
  account_id: accountId,
  system_id: systemId,
  user_id: userId,
  credit_type_id: creditTypeId,
  available: points,
  frozen: points,
});

export const accountPage = pageOf("AccountPage", account);

export const accountQuery = closed("AccountQuery", "Which accounts.", {
  system_id: Type.Optional(systemId),
  user_id: Type.Optional(userId),
  ...pageQuery,
});

export const entry = closed("Entry", "A line of an account's statement.", {
  transaction_id: Type.String({ description: "The account's id, a dot, and the line's number from 1." }),
  entry: oneOf(
    ["credit", "debit", "hold", "capture", "release"],
    "A credit adds to available, a debit takes from it; a hold moves available to frozen, a release back; a capture takes from frozen.",
  ),
  amount: points,
  available_after: points,
  frozen_after: points,
  operation_id: operationId,
  created_at: time,
});

export const entryPage = pageOf("EntryPage", entry);
export const pageOnlyQuery = closed("PageQuery", "Which page.", pageQuery);

export type AccountInput = Static<typeof accountInput>;
export type Account = Static<typeof account>;
export type Entry = Static<typeof entry>;
