-- The newsroom's half: what authors and translators save. Nothing here is ever read for a reader.

create table briefing (
  id text primary key,
  slug text not null unique,
  state text not null check (state in ('draft', 'published')),
  published_at text not null,
  -- The source revision that stands now.
  revision integer not null,
  -- Grows with every change that a print depends on: the source, a translation, the state. A print says which it saw.
  version integer not null default 1
) strict;

create table former_slug (
  slug text primary key,
  briefing_id text not null references briefing (id)
) strict;

create table source_revision (
  briefing_id text not null references briefing (id),
  revision integer not null,
  significance text not null check (significance in ('typo', 'minor', 'material')),
  note text not null,
  saved_at text not null,
  document text not null check (json_valid(document)),
  -- Segment id → hash of its English, so that freshness is told without opening the document.
  hashes text not null check (json_valid(hashes)),
  primary key (briefing_id, revision)
) strict;

create table translation (
  briefing_id text not null references briefing (id),
  locale text not null,
  state text not null check (state in ('draft', 'in-review', 'approved', 'withdrawn')),
  provenance text not null check (provenance in ('human', 'machine', 'machine-reviewed')),
  credits text not null check (json_valid(credits)),
  revision integer not null,
  primary key (briefing_id, locale)
) strict;

create table translation_revision (
  briefing_id text not null,
  locale text not null,
  revision integer not null,
  saved_at text not null,
  -- Segment id → its text in this locale, and the hash of the English that the translator saw.
  segments text not null check (json_valid(segments)),
  primary key (briefing_id, locale, revision),
  foreign key (briefing_id, locale) references translation (briefing_id, locale)
) strict;
