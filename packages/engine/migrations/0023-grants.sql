-- Grants: what a principal or a partner may do beside what its role says.

-- A reference table, copied to every server of a distributed database; a part of the catalog.
create table grants (
  grant_id text collate "C" primary key,
  applies_to text not null check (applies_to in ('principal', 'partner')),
  -- A principal's name, or a system of the partner.
  subject text collate "C" not null,
  action text not null,
  -- One system, or a link in one direction, or neither for the whole node. No references: who may do something
  -- may be said before the system is made, and outlives nothing by it.
  system_id text collate "C",
  source_system text collate "C",
  target_system text collate "C",
  -- The most points of one exchange, credit, debit or hold.
  max_amount bigint check (max_amount >= 1),
  expires_at timestamptz(3),
  created_by text not null,
  created_at timestamptz(3) not null,
  updated_at timestamptz(3) not null,
  check ((source_system is null) = (target_system is null)),
  check (system_id is null or source_system is null)
);
-- What somebody holds is looked up with the key, at every request.
create index grants_by_subject on grants (applies_to, subject);

-- A key may be of the role that says nothing, and any key may be narrowed to systems.
alter table api_keys drop constraint api_keys_role_check;
alter table api_keys drop constraint api_keys_check;
alter table api_keys add constraint api_keys_role_check
  check (role in ('viewer', 'operator', 'approver', 'administrator', 'service', 'partner', 'none'));
alter table api_keys add constraint api_keys_systems_check
  check (systems is not null or role not in ('service', 'partner'));
