// The statements of partners' signatures on receipts. Each names one shard_id by equality, as $1: that of the exchange.
import { type Statement, statement } from "../database/index.ts";

export const findSignatures: Statement = statement(
  "find-receipt-signatures",
  `select side, payload, protected, signature
     from receipt_signatures
    where shard_id = $1 and operation_id = $2`,
);

/** Of two that asked at once one is kept; both are good. */
export const insertSignature: Statement = statement(
  "insert-receipt-signature",
  `insert into receipt_signatures (shard_id, operation_id, side, payload, protected, signature, received_at)
   values ($1, $2, $3, $4, $5, $6, clock_timestamp())
   on conflict do nothing`,
);
