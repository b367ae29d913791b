// The statements of the partner protocol's tables. None of them is sharded: keys and nodes are copied to every
// server, a nonce and a piece of evidence are one row each.
import { type Statement, statement } from "../database/index.ts";

export const readCatalogVersion: Statement = statement(
  "read-catalog-version",
  "select version from catalog_state",
);

export const loadNodeKeys: Statement = statement(
  "load-node-keys",
  `select key_id, state, x, private_key, is_wrapped, created_at, retired_at
     from node_keys
    order by created_at desc, key_id`,
);

export const insertNodeKey: Statement = statement(
  "insert-node-key",
  `insert into node_keys (key_id, state, x, private_key, is_wrapped, created_at)
   values ($1, 'active', $2, $3, $4, clock_timestamp())`,
);

export const wrapNodeKey: Statement = statement(
  "wrap-node-key",
  "update node_keys set private_key = $2, is_wrapped = true where key_id = $1",
);

export const retireActiveKey: Statement = statement(
  "retire-active-key",
  "update node_keys set state = 'retiring', retired_at = clock_timestamp() where state = 'active'",
);

/** Keys that have been retiring for so long that no partner can still be without the one after. */
export const dropRetiredKeys: Statement = statement(
  "drop-retired-keys",
  `delete from node_keys
    where state = 'retiring' and retired_at < clock_timestamp() - make_interval(days => $1)`,
);

export const loadPartnerSystems: Statement = statement(
  "load-partner-systems",
  "select system_id, kind, status, partner, node_id from systems",
);

export const loadPartnerNodes: Statement = statement(
  "load-partner-nodes",
  "select node_id, accepted_key_id, created_at from partner_nodes",
);

export const loadPartnerKeys: Statement = statement(
  "load-partner-keys",
  "select key_id, node_id, x, state from partner_keys",
);

export const findPartnerKeys: Statement = statement(
  "find-partner-keys",
  "select key_id, node_id, x, state from partner_keys where key_id = any ($1::text[])",
);

export const findNodeOfSystem: Statement = statement(
  "find-node-of-system",
  "select node_id from systems where system_id = $1",
);

export const insertPartnerNode: Statement = statement(
  "insert-partner-node",
  "insert into partner_nodes (node_id, created_at) values ($1, clock_timestamp()) on conflict do nothing",
);

export const setNodeOfSystem: Statement = statement(
  "set-node-of-system",
  "update systems set node_id = $2 where system_id = $1",
);

export const insertPartnerKeys: Statement = statement(
  "insert-partner-keys",
  `insert into partner_keys (key_id, node_id, x, state, registered_at)
   select u.key_id, $1, u.x, 'pending', clock_timestamp()
     from unnest($2::text[], $3::text[]) as u (key_id, x)`,
);

export const revokePartnerKeys: Statement = statement(
  "revoke-partner-keys",
  `update partner_keys
      set state = 'revoked', revoked_at = clock_timestamp()
    where node_id = $1 and key_id = any ($2::text[]) and state <> 'revoked'`,
);

export const activatePartnerKey: Statement = statement(
  "activate-partner-key",
  `update partner_keys
      set state = 'active', first_used_at = clock_timestamp()
    where key_id = $1 and state = 'pending'`,
);

export const setAcceptedKey: Statement = statement(
  "set-accepted-key",
  `update partner_nodes
      set accepted_key_id = $2
    where node_id = $1 and accepted_key_id is distinct from $2
   returning node_id`,
);

/**
 * A crash of the database server may forget the last few nonces; what they came with is guarded by its
 * operation id, so a replay that gets through changes nothing.
 */
export const deferFlush: Statement = statement("defer-flush", "set local synchronous_commit = off");

/** Answers those that were free. In one order, so that two that bring the same nonces never wait in a circle. */
export const takeNonces: Statement = statement(
  "take-nonces",
  `insert into nonces (node_id, nonce, keep_until)
   select u.node_id, u.nonce, u.keep_until
     from unnest($1::text[], $2::text[], $3::timestamptz[]) as u (node_id, nonce, keep_until)
    order by u.node_id collate "C", u.nonce collate "C"
   on conflict do nothing
   returning node_id, nonce`,
);

/** The margin is for clocks of ours that differ from the database's. */
export const sweepNonces: Statement = statement(
  "sweep-nonces",
  `delete from nonces
    where (node_id, nonce) in (
          select node_id, nonce
            from nonces
           where keep_until < clock_timestamp() - interval '10 minutes'
           order by keep_until
           limit $1)
   returning nonce`,
);

export const insertEvidence: Statement = statement(
  "insert-evidence",
  `insert into evidence (evidence_id, node_id, key_id, path, target_uri, signature_input, signature,
                         content_digest, content_type, body, received_at)
   select u.evidence_id, u.node_id, u.key_id, u.path, u.target_uri, u.signature_input, u.signature,
          u.content_digest, u.content_type, u.body, u.received_at
     from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[],
                 $8::text[], $9::text[], $10::text[], $11::timestamptz[])
       as u (evidence_id, node_id, key_id, path, target_uri, signature_input, signature, content_digest,
             content_type, body, received_at)
   on conflict do nothing`,
);

export const findEvidence: Statement = statement(
  "find-evidence",
  `select evidence_id, node_id, key_id, path, target_uri, signature_input, signature, content_digest,
          content_type, body, received_at
     from evidence
    where evidence_id = $1`,
);
