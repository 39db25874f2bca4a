-- What programs are let in with. Nothing in this table lets anybody in: of the token itself there is only a hash.
create table access_token (
  id text primary key,
  name text not null,
  -- SHA-256 of the whole token, in hexadecimal.
  hash text not null unique check (length(hash) = 64),
  -- The locales whose translations it reaches, as a list, or the word "all".
  locales text not null check (json_valid(locales)),
  may_write integer not null check (may_write in (0, 1)),
  sees_gated integer not null check (sees_gated in (0, 1)),
  created_at text not null,
  expires_at text,
  last_used_at text,
  revoked_at text
) strict;
