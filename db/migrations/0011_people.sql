-- People: readers who joined, and those who work on the site. Nothing here lets anybody in: of links and sessions there are only hashes.

create table person (
  id text primary key,
  -- The e-mail address in its canonical form.
  address text not null unique,
  -- The language in which they are written to.
  locale text not null,
  tier integer not null check (tier between 1 and 2),
  joined_at text not null
) strict;

-- What a person may do beside reading; an empty locale means all of them.
create table role (
  person_id text not null references person (id) on delete cascade,
  name text not null check (name in ('author', 'editor', 'translator', 'reviewer', 'administrator')),
  locale text not null,
  primary key (person_id, name, locale)
) strict, without rowid;

-- A link that was sent to an address, to sign in with once.
create table sign_in (
  hash text primary key,
  address text not null,
  locale text not null,
  -- Where in the site its reader was going.
  next text not null,
  asked_at text not null,
  expires_at text not null,
  -- The session that it was used for.
  session text unique
) strict;

create index sign_in_by_address on sign_in (address, asked_at);

create table session (
  hash text primary key,
  person_id text not null references person (id) on delete cascade,
  -- What names it where it is shown, so that it can be ended without its hash.
  id text not null unique,
  browser text not null,
  started_at text not null,
  seen_at text not null,
  expires_at text not null
) strict;

create index session_by_person on session (person_id);

-- Who did what to whom, added to and never changed.
create table audit (
  number integer primary key autoincrement,
  at text not null,
  -- A person's id, or the name of what acted: the command line, a schedule.
  actor text not null,
  act text not null,
  subject text not null,
  detail text not null check (json_valid(detail))
) strict;

create trigger audit_is_not_changed before update on audit BEGIN select raise(abort, 'what was noted is not changed'); END;

create trigger audit_is_not_removed before delete on audit BEGIN select raise(abort, 'what was noted is not removed'); END;
