// The statement-per-step way: what a team writes by hand on tables of its own. Every step is one statement and
// its own transaction, which is the kindest form of it: one round trip and one commit per step.

export const createTables: readonly string[] = [
  "create schema bench_saga",
  `create table bench_saga.exchanges (
     operation_id text primary key,
     status text not null,
     step text not null,
     user_id text not null,
     source_amount bigint not null,
     target_amount bigint not null,
     exchange_rate text not null,
     created_at timestamptz not null default now(),
     updated_at timestamptz not null default now()
   )`,
  `create table bench_saga.accounts (
     account_id text primary key,
     available bigint not null check (available >= 0),
     frozen bigint not null check (frozen >= 0),
     version bigint not null
   ) with (fillfactor = 70)`,
  `create table bench_saga.entries (
     account_id text not null,
     version bigint not null,
     entry text not null,
     amount bigint not null,
     available_after bigint not null,
     frozen_after bigint not null,
     operation_id text not null,
     created_at timestamptz not null default now(),
     primary key (account_id, version)
   )`,
];

export const seedAccounts = `
  insert into bench_saga.accounts (account_id, available, frozen, version)
  select side || ':member-' || lpad(member::text, 6, '0'), $2::bigint, 0, 0
    from unnest(array['shop', 'club']) as side, generate_series(0, $1::integer - 1) as member`;

export const insertExchange = `
  insert into bench_saga.exchanges (operation_id, status, step, user_id, source_amount, target_amount, exchange_rate)
  values ($1, 'started', 'deduct_source_credits', $2, $3, $4, $5)`;

export const updateStep = `
  update bench_saga.exchanges set status = $2, step = $3, updated_at = now() where operation_id = $1`;

function move(entry: string, set: string): string {
  return `
  with moved as (
    update bench_saga.accounts set ${set}, version = version + 1
     where account_id = $1
    returning account_id, version, available, frozen
  )
  insert into bench_saga.entries (account_id, version, entry, amount, available_after, frozen_after, operation_id)
  select account_id, version, '${entry}', $2, available, frozen, $3 from moved`;
}

export const hold = move("hold", "available = available - $2::bigint, frozen = frozen + $2");
export const credit = move("credit", "available = available + $2::bigint");
export const capture = move("capture", "frozen = frozen - $2::bigint");

/** What was completed, and what members have beside what they began with ($1 of each). */
export const sumUp = `
  select (select count(*) from bench_saga.exchanges where status = 'completed')::integer as completed,
         (select count(*) from bench_saga.entries)::integer as entries,
         (select coalesce(sum(case when account_id like 'club:%' then available + frozen - $1::bigint
                                   else 0 end), 0) =
                 (select coalesce(sum(target_amount), 0) from bench_saga.exchanges)
             and coalesce(sum(case when account_id like 'shop:%' then $1::bigint - available - frozen
                                   else 0 end), 0) =
                 (select coalesce(sum(source_amount), 0) from bench_saga.exchanges)
            from bench_saga.accounts) as is_balanced`;
