-- What partners signed of completed exchanges, asked for when somebody reads a receipt and kept from then on. Lives
-- in the shard of the exchange's id. Written once; never on the way of an exchange.
create table receipt_signatures (
  shard_id integer not null,
  operation_id text collate "C" not null,
  side text not null check (side in ('source', 'target')),
  -- What was signed, as it was: base64url of the content's canonical JSON.
  payload text not null,
  protected text not null,
  signature text not null,
  received_at timestamptz(3) not null,
  primary key (shard_id, operation_id, side)
);
