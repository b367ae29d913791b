// The statements that read records in bulk: many to a row, as text, since a row each costs more than hashing it. Each
// names one shard_id by equality, as $1.
import type { LegKind } from "@pointbridge/protocol/pxp";
import { type Statement, statement } from "../database/index.ts";

export type LegRole = "hub" | "callee";

interface Columns {
  readonly at: string;
  readonly user: string;
  readonly type: string;
  readonly amount: string;
  readonly rate: string;
  /** Where its rows are: one index leads there. */
  readonly place: string;
  readonly moved: string;
  readonly open: string;
}

const hubPlace = `operations.kind = 'exchange' and coalesce(source_system, '') = $2
             and coalesce(target_system, '') = $3`;

function calleePlace(kind: string): string {
  return `operations.kind = '${kind}' and source_system = $2 and target_system = $3`;
}

const targetSide = {
  type: "target_credit_type",
  amount: "target_amount",
  rate: "coalesce(exchange_rate, '')",
};
const sourceSide = { type: "source_credit_type", amount: "source_amount", rate: "''" };
const hub = {
  at: "created_at",
  place: hubPlace,
  moved: "'completed'",
  open: "'processing', 'needs_attention'",
};

/** What a row comes to with its adjustments. */
function adjusted(amount: string): string {
  return `(case when data ? 'adjusted' then (data #>> '{adjusted,amount}')::bigint else ${amount} end)`;
}

const columns: Readonly<Record<LegRole, Readonly<Record<LegKind, Columns>>>> = {
  hub: {
    credits: { ...hub, ...targetSide, user: "target_user_id" },
    holds: { ...hub, ...sourceSide, user: "user_id" },
  },
  callee: {
    credits: {
      ...targetSide,
      amount: adjusted("target_amount"),
      at: "initiated_at",
      user: "user_id",
      place: calleePlace("partner_credit"),
      moved: "'completed'",
      open: "'processing'",
    },
    holds: {
      ...sourceSide,
      amount: adjusted("source_amount"),
      at: "initiated_at",
      user: "user_id",
      place: calleePlace("partner_hold"),
      moved: "'captured'",
      open: "'held'",
    },
  },
};

export interface RecordStatements {
  /** Records of a time ($4, $5), many to a row; $6 is what stored ids begin with. */
  readonly read: Statement;
  /** The same without those that the fold has still to see: what changed after position $7. */
  readonly readFolded: Statement;
  /** Times before $4 with $5 records between them, from the latest, at most $6. */
  readonly bounds: Statement;
  /** The last time of a row. */
  readonly last: Statement;
  readonly countOpen: Statement;
  /** Rows that are not decided yet, from the one before ($7, $8), at most $9. */
  readonly listOpen: Statement;
  /** Count and points by hour and credit type. */
  readonly sum: Statement;
  /** Rows of some times ($4). */
  readonly atTimes: Statement;
}

const EPOCH = "timestamptz '1970-01-01 00:00:00+00'";
/** One calling node's rows, by what their ids begin with. */
const OF_PREFIX = "left(operations.operation_id, length($6::text)) = $6";

/** Records of a time ($4, $5), many to a row; $6 is what stored ids begin with. @param excluded more conditions */
function readText({ at, user, type, amount, rate, place, moved }: Columns, excluded: string): string {
  const record = `substr(operations.operation_id, length($6::text) + 1) || E'\\n' || coalesce(${user}, '') || E'\\n'
              || coalesce(${type}, '') || E'\\n' || ${amount} || E'\\n' || ${rate}`;
  return `select date_bin('1 hour', r.at, ${EPOCH}) as hour, r.type, count(*) as count, sum(r.amount)::text as amount,
          string_agg(r.record, E'\\t') as records, string_agg(timestamptz_send(r.at), '') as times
     from (select ${at} as at, coalesce(${type}, '') as type, ${amount} as amount, ${record} as record
             from operations
            where operations.shard_id = $1 and ${place} and ${at} >= $4 and ${at} < $5 and status = ${moved}
              and ${OF_PREFIX}${excluded}) r
    group by 1, 2`;
}

const UNFOLDED = `unfolded as (
     select unnest((string_to_array(line, ' '))[3:]) as operation_id
       from changes
      cross join lateral string_to_table(items, E'\\n') as line
      where shard_id = $1 and (position is null or position > $7) and line like 'o %')`;

function makeStatements(role: LegRole, kind: LegKind): RecordStatements {
  const found = columns[role][kind];
  const { at, type, amount, place, moved, open } = found;
  const name = (what: string) => `${what}-${role}-${kind}`;
  const where = `operations.shard_id = $1 and ${place}`;
  const mine = OF_PREFIX;
  const row = `operation_id, status, user_id, target_user_id, source_credit_type, target_credit_type,
          source_amount, target_amount, exchange_rate, ${at} as initiated_at, created_at, updated_at,
          (data #>> '{adjusted,amount}')::bigint as adjusted_amount`;
  return {
    read: statement(name("read-records"), readText(found, "")),
    readFolded: statement(
      name("read-folded-records"),
      `with ${UNFOLDED}
   ${readText(found, " and operations.operation_id not in (select operation_id from unfolded)")}`,
    ),
    bounds: statement(
      name("bound-records"),
      `select at
     from (select ${at} as at, row_number() over (order by ${at} desc) as place
             from operations
            where ${where} and ${at} < $4
            order by ${at} desc
            limit $5::bigint * $6::bigint) latest
    where place % $5::bigint = 0
    order by at desc`,
    ),
    last: statement(name("last-record"), `select max(${at}) as at from operations where ${where}`),
    countOpen: statement(
      name("count-open"),
      `select count(*) as count
     from operations
    where ${where} and status in (${open}) and ${at} >= $4 and ${at} < $5 and ${mine}`,
    ),
    listOpen: statement(
      name("list-open"),
      `select ${row}
     from operations
    where ${where} and status in (${open}) and ${at} >= $4 and ${at} < $5 and ${mine}
      and ($7::timestamptz is null or (${at}, operation_id) > ($7, $8::text collate "C"))
    order by ${at}, operation_id
    limit $9`,
    ),
    sum: statement(
      name("sum-records"),
      `select date_bin('1 hour', ${at}, ${EPOCH}) as hour, coalesce(${type}, '') as type, count(*) as count,
          sum(${amount})::text as amount
     from operations
    where ${where} and ${at} >= $4 and ${at} < $5 and status = ${moved} and ${mine}
    group by 1, 2`,
    ),
    atTimes: statement(
      name("records-at-times"),
      `select o.*
     from unnest($4::timestamptz[]) as t (at)
    cross join lateral (
          select ${row}
            from operations
           where ${where} and ${at} = t.at and left(operations.operation_id, length($5::text)) = $5
           order by operation_id
           limit $6) o`,
    ),
  };
}

export const recordStatements: Readonly<Record<LegRole, Readonly<Record<LegKind, RecordStatements>>>> = {
  hub: { credits: makeStatements("hub", "credits"), holds: makeStatements("hub", "holds") },
  callee: { credits: makeStatements("callee", "credits"), holds: makeStatements("callee", "holds") },
};
