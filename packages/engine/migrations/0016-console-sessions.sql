-- Sessions of the console: what a browser has in the place of an API key.

-- A reference table, copied to every server of a distributed database, as api_keys is.
create table console_sessions (
  session_id text collate "C" primary key,
  -- SHA-256 of the cookie's token, in hex. The token itself is kept by the browser only.
  digest text collate "C" not null unique,
  -- The key that it was opened with: one that the API made,
  api_key_id text collate "C",
  -- or one that the node was started with. Such a key may be short enough to be guessed from its digest, so what
  -- is kept here is bound to the token: SHA-256 of both.
  key_proof text collate "C",
  principal text not null,
  opened_at timestamptz(3) not null,
  expires_at timestamptz(3) not null,
  ended_at timestamptz(3),
  check ((api_key_id is null) <> (key_proof is null))
);

-- For what is swept, and for the sessions of a key that is shown or revoked.
create index console_sessions_by_expiry on console_sessions (expires_at);
