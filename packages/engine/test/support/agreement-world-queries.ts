// What tests look at of changes of rates that two nodes agree on.
import { type Statement, statement } from "../../src/database/index.ts";

export const listAgreements: Statement = statement(
  "",
  `select agreement_id, proposer_node, operation_id, state, effective_at, settled_at is not null as is_settled
     from rate_agreements
    order by created_at, agreement_id`,
);

export const listWaiting: Statement = statement(
  "",
  `select operation_id, status, principal from operations
    where kind = 'rate_change' and status in ('pending_approval', 'processing')
    order by created_at, operation_id`,
);
