-- What is to happen to readers' texts at a time, together or not at all. A scheduled publication is a release of one briefing.
-- A program of before knows nothing of these tables. What it publishes meanwhile is noticed when a release is due.
create table release (
  id text primary key,
  name text not null default '',
  state text not null check (state in ('open', 'scheduled', 'published', 'held', 'cancelled')),
  due_at text,
  -- Grows with every change: of several programs, one alone carries a release out.
  version integer not null default 1,
  why text not null default '',
  actor text not null,
  person_id text,
  token_id text,
  made_at text not null,
  ended_at text,
  -- Why it is held, as complaints.
  reasons text not null default '[]' check (json_valid(reasons))
) strict;

create index release_by_due on release (state, due_at);

-- `publication_id` is the id of a briefing. `revision` is what readers are to get: later saves do not change it. `had` is the revision that
-- they had when this was decided. A translation's state, provenance and credits are pinned with it.
create table release_item (
  release_id text not null references release (id) on delete cascade,
  publication_id text not null,
  locale text not null,
  act text not null check (act in ('show', 'withdraw', 'take-back')),
  revision integer not null,
  had integer,
  state text,
  provenance text,
  credits text check (json_valid(credits)),
  why text not null default '',
  primary key (release_id, publication_id, locale)
) strict, without rowid;

create index release_item_by_publication on release_item (publication_id, locale);
