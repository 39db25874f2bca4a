-- Passkeys (WebAuthn): a public key signs nobody in, and a challenge is kept by its hash.

create table passkey (
  -- The credential's id in base64url, as browsers write it.
  id text primary key,
  person_id text not null references person (id) on delete cascade,
  -- COSE, in base64url.
  public_key text not null,
  counter integer not null,
  transports text not null check (json_valid(transports)),
  -- What its owner knows it by: the browser and the system that made it.
  name text not null,
  added_at text not null,
  last_used_at text
) strict;

create index passkey_by_person on passkey (person_id);

-- What a browser was asked to sign, once: by somebody who adds a passkey, or by whoever signs in.
create table passkey_challenge (
  hash text primary key,
  -- Whose passkey is to be added; null: somebody signs in.
  person_id text references person (id) on delete cascade,
  expires_at text not null
) strict;
