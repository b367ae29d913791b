// The one table of error codes: what each means, how a caller must take it, and its HTTP status.
// The saga looks at the class only; HTTP, the command and the SDK map the class and the status at their edges.

/**
 * How a caller takes an error.
 * - `rejected`: final for this request; the same request will be refused again.
 * - `transient`: says nothing about the outcome; send the same again.
 * - `fatal`: a person has to look.
 */
export type ErrorClass = "rejected" | "transient" | "fatal";

export interface ErrorEntry {
  readonly status: number;
  readonly class: ErrorClass;
  /** What happened, in one short line: the problem's title. */
  readonly title: string;
}

function rejected(status: number, title: string): ErrorEntry {
  return { status, class: "rejected", title };
}

function transient(status: number, title: string): ErrorEntry {
  return { status, class: "transient", title };
}

/** Refusals of an operation, kept under its id for good; exchanges are judged in this order. */
export const refusals = {
  system_not_found: rejected(422, "The system is not known"),
  system_suspended: rejected(422, "The system is suspended"),
  system_not_hosted: rejected(422, "The system's accounts are not kept by this node"),
  link_not_found: rejected(422, "No agreement lets points go from the source to the target"),
  link_disabled: rejected(422, "The agreement between source and target is switched off"),
  credit_type_not_found: rejected(422, "The credit type is not known in this system"),
  exchange_rate_not_found: rejected(422, "No rate is in force for this pair of credit types"),
  quote_mismatch: rejected(422, "The quote does not belong to this exchange"),
  quote_expired: rejected(422, "The quote is no longer valid"),
  amount_too_small: rejected(422, "The amount is below the minimum or would be worth nothing at the target"),
  mapping_not_found: rejected(422, "It is not known who this user is at the target"),
  user_not_found: rejected(422, "There is no profile to create the target's user from"),
  limit_exceeded: rejected(422, "A limit is used up"),
  business_id_used: rejected(422, "The business reference has been used by another operation"),
  insufficient_balance: rejected(422, "The account does not have enough available points"),
  amount_too_large: rejected(422, "The amount or the resulting balance is above 9223372036854775807"),
  rate_cycle_gains: rejected(422, "The rate would let points grow by going round a cycle of rates"),
  rate_change_rejected: rejected(422, "The change of the rate was rejected"),
  rate_change_expired: rejected(422, "Nobody approved the change of the rate in time"),
  rate_change_stale: rejected(422, "The rate was changed after this change had been proposed"),
  rate_not_accepted: rejected(422, "The partner did not accept the change of the rate"),
  rate_not_agreed: rejected(422, "The target has no such rate, or the amount is above what it is worth"),
  source_refused: rejected(422, "The source's partner refused; nothing moved"),
  source_unknown: rejected(422, "The source's partner could not be heard; nothing moved"),
  target_refused: rejected(422, "The target refused; the points are back"),
  target_unknown: rejected(422, "The target could not be heard and has nothing; the points are back"),
  rolled_back: rejected(422, "The operation was rolled back before it arrived"),
  released: rejected(422, "The hold was released before it arrived"),
} as const satisfies Record<string, ErrorEntry>;

/** Errors that leave no trace under an operation's id. */
export const requestErrors = {
  invalid_request: rejected(400, "The request is malformed"),
  unauthenticated: rejected(401, "A valid API key is needed"),
  forbidden: rejected(403, "This API key may not do that"),
  not_found: rejected(404, "There is nothing at this address"),
  method_not_allowed: rejected(405, "This address does not take that method"),
  operation_not_found: rejected(404, "No operation has this id"),
  api_key_not_found: rejected(404, "No API key has this id"),
  account_not_found: rejected(404, "No account has this id"),
  quote_not_found: rejected(404, "No quote has this id"),
  limit_not_found: rejected(404, "No limit has this id"),
  grant_not_found: rejected(404, "No grant has this id"),
  request_too_large: rejected(413, "The body is larger than 4 MiB"),
  unsupported_media_type: rejected(415, "The body must be application/json in UTF-8"),
  operation_conflict: rejected(409, "The operation id belongs to another request"),
  mapping_exists: rejected(409, "The user is mapped to another target user"),
  mapping_taken: rejected(409, "The target user belongs to another source user"),
  system_kind_fixed: rejected(409, "A system's kind can't be changed"),
  limit_fixed: rejected(409, "What a limit measures can't be changed"),
  limit_not_settled: rejected(409, "Only a limit of a position is settled"),
  key_registered: rejected(409, "The key belongs to another partner's node"),
  key_revoked: rejected(409, "The key was revoked and can't be registered again"),
  opening_differs: rejected(422, "The account was opened with another amount"),
  hold_captured: rejected(409, "The hold is captured"),
  hold_released: rejected(409, "The hold is released"),
  hold_expired: rejected(409, "The hold has expired"),
  hold_refused: rejected(409, "The hold was refused, so there is nothing to capture"),
  amount_exceeds_hold: rejected(422, "The amount to capture is above the amount held"),
  not_undoable: rejected(409, "The exchange can't be undone as it stands"),
  four_eyes_required: rejected(403, "Another person than the one who proposed it has to approve"),
  rate_change_under_way: rejected(
    409,
    "Another change of this rate is set for later or promised to a partner",
  ),
  rate_partner_missing: rejected(422, "There is no partner to agree with: this node hosts both systems"),
  effective_time_passed: rejected(422, "The time from which it was to be in force has passed"),
  rate_change_completed: rejected(409, "The change of the rate is completed"),
  approval_required: rejected(422, "The change has to be proposed, and approved by another person"),
  exchange_under_way: rejected(409, "The exchange still needs attention, so its inconsistency stays open"),
  cursor_unknown: rejected(400, "The cursor is not one of this node's log of events"),
  cursor_expired: rejected(410, "Events after this cursor are no longer kept"),
  reconciliation_not_found: rejected(404, "No reconciliation has this id"),
  mismatch_not_found: rejected(404, "The reconciliation has found nothing about this operation"),
  mismatch_resolved: rejected(409, "The mismatch is resolved"),
  repair_not_proposed: rejected(409, "No repair of the mismatch waits for a decision"),
  adjustment_outdated: rejected(409, "What was to be adjusted is not what it was when it was proposed"),
  evidence_refused: rejected(422, "The signed request does not show what is missing here"),
  statement_closed: rejected(409, "The reconciliation takes no lines of a file"),
  inconsistency_not_found: rejected(404, "No inconsistency has this id"),
  inconsistency_resolved: rejected(409, "The inconsistency is resolved, so nobody can be given it"),
  alert_not_found: rejected(404, "No alert has this id"),
  alert_channel_not_found: rejected(404, "No alert channel has this id"),
  webhook_not_found: rejected(404, "No webhook has this id"),
  webhook_delivery_not_found: rejected(404, "The webhook has no delivery with this id"),
  receipt_refused: rejected(
    409,
    "There is no receipt: the exchange is not completed, or the books say otherwise",
  ),
  audit_entry_not_found: rejected(404, "The audit log has no such entry, tree or checkpoint"),
  rollback_refused: rejected(409, "The points have been spent, so the operation stands for good"),
  invalid_setting: rejected(500, "A setting of the node is wrong"),
  database_unsuitable: rejected(500, "The database can't be used by this node"),
  directory_in_use: rejected(500, "The embedded database is open in another process"),
  too_many_requests: transient(429, "More requests than the limit allows"),
  overloaded: transient(503, "The node has more work queued than it may take"),
  node_closed: transient(503, "The node takes nothing new until it was compared with its partners"),
  sealed_value_unreadable: {
    status: 500,
    class: "fatal",
    title: "A protected value was changed, moved or put back, and can't be read",
  },
  database_unavailable: transient(503, "The database did not answer; the outcome is not known"),
  internal_error: { status: 500, class: "fatal", title: "The node failed; the outcome is not known" },
} as const satisfies Record<string, ErrorEntry>;

export const errors = { ...refusals, ...requestErrors } as const;

export type RefusalCode = keyof typeof refusals;
export type RequestErrorCode = keyof typeof requestErrors;
export type ErrorCode = keyof typeof errors;
