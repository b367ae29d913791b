// The statements of changes that two nodes agree on. Their table is copied to every server, so it has no shard_id.
import { type Statement, statement } from "../database/index.ts";

const COLUMNS = `proposer_node, agreement_id, operation_id, partner_system, source_system, target_system,
  source_credit_type, target_credit_type, rate, min_source_amount, wanted_at, expires_at, state, effective_at,
  code, settled_at, attempts`;

export const insertAgreement: Statement = statement(
  "insert-rate-agreement",
  `insert into rate_agreements (proposer_node, agreement_id, operation_id, partner_system, source_system,
          target_system, source_credit_type, target_credit_type, rate, min_source_amount, wanted_at, expires_at,
          state, code, due_at, created_at)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14,
           case when $13 = 'offered' then clock_timestamp() end, clock_timestamp())
   returning ${COLUMNS}`,
);

export const lockAgreement: Statement = statement(
  "lock-rate-agreement",
  `select ${COLUMNS} from rate_agreements where proposer_node = $1 and agreement_id = $2 for update`,
);

export const findAgreementOf: Statement = statement(
  "find-rate-agreement-of-operation",
  `select ${COLUMNS} from rate_agreements where operation_id = $1`,
);

export const moveAgreement: Statement = statement(
  "move-rate-agreement",
  `update rate_agreements
      set state = $3, effective_at = coalesce($4, effective_at), code = coalesce($5, code),
          agreed_at = case when $3 = 'agreed' then clock_timestamp() else agreed_at end,
          settled_at = case when $6::boolean then clock_timestamp() end,
          due_at = case when proposer_node = '' and not $6::boolean then clock_timestamp() end,
          attempts = 0
    where proposer_node = $1 and agreement_id = $2`,
);

/** Nothing more has to be told. */
export const settleAgreement: Statement = statement(
  "settle-rate-agreement",
  `update rate_agreements
      set settled_at = clock_timestamp(), due_at = null, code = coalesce($3, code)
    where proposer_node = $1 and agreement_id = $2 and settled_at is null`,
);

export const countWaiting: Statement = statement(
  "count-waiting-rate-agreements",
  `select count(*)::integer as count
     from rate_agreements
    where proposer_node = $1 and state = 'waiting'`,
);

/** Takes up what has to be told, for as long as the lease lasts; passes over what another node is telling. */
export const claimAgreements: Statement = statement(
  "claim-rate-agreements",
  `update rate_agreements
      set due_at = clock_timestamp() + $2::bigint * interval '1 millisecond', attempts = attempts + 1
    where (proposer_node, agreement_id) in (
          select proposer_node, agreement_id
            from rate_agreements
           where due_at <= clock_timestamp()
           order by due_at
           limit $1
             for update skip locked)
   returning ${COLUMNS}`,
);

export const delayAgreement: Statement = statement(
  "delay-rate-agreement",
  `update rate_agreements
      set due_at = clock_timestamp() + $4::bigint * interval '1 millisecond',
          attempts = case when $5::boolean then 0 else attempts end
    where proposer_node = $1 and agreement_id = $2 and state = $3 and due_at is not null`,
);

/** A promise that is overdue by an hour, so that the rate may be changed otherwise (T2). */
export const findOverduePromise: Statement = statement(
  "find-overdue-rate-promise",
  `select ${COLUMNS}
     from rate_agreements
    where source_system = $1 and target_system = $2 and source_credit_type = $3 and target_credit_type = $4
      and state = 'accepted' and expires_at < clock_timestamp() - interval '1 hour'
      for update`,
);

/** Which of the pair's systems a partner keeps. */
export const findSystemKinds: Statement = statement(
  "find-system-kinds-for-rate",
  "select system_id, kind from systems where system_id in ($1, $2)",
);
