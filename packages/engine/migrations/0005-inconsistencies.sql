-- What a person has to look at, and the account that stands in where a partner is gone for good.

create table inconsistencies (
  shard_id integer not null,
  -- In the shard of its hash. Of an exchange: `exchange:` and the exchange's id, so that there is one at most.
  inconsistency_id text collate "C" not null,
  type text not null,
  status text not null check (status in ('open', 'resolved')),
  operation_id text collate "C",
  source_system text collate "C",
  target_system text collate "C",
  -- What was found, by type.
  data jsonb not null,
  resolution text,
  note text,
  resolved_by text,
  opened_at timestamptz(3) not null,
  resolved_at timestamptz(3),
  primary key (shard_id, inconsistency_id)
);
create index inconsistencies_open on inconsistencies (shard_id, opened_at) where status = 'open';

alter table clearing_accounts drop constraint clearing_accounts_purpose_check;
alter table clearing_accounts
  add constraint clearing_accounts_purpose_check check (purpose in ('clearing', 'issuing', 'suspense'));
