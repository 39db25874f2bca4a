-- The readers' half: what has been printed. Readers' code sees these tables and no others.

create table print (
  number integer primary key autoincrement,
  briefing_id text not null references briefing (id),
  -- The version of the briefing that this print saw. A print that saw an older one writes null here and so fails whole.
  version integer not null,
  printed_at text not null
) strict;

create table edition (
  briefing_id text not null,
  locale text not null,
  tier integer not null check (tier between 0 and 2),
  print integer not null references print (number),
  -- Hash of the words, templates and addresses that this was printed with.
  fingerprint text not null,
  reading text not null check (json_valid(reading)),
  card text not null check (json_valid(card)),
  -- The article as finished HTML, in two parts: the reader's box of facts stands between them.
  lead text not null,
  body text not null,
  primary key (briefing_id, locale, tier)
) strict;

create table resolution (
  asked text not null,
  slug text not null,
  briefing_id text not null,
  served text not null,
  print integer not null references print (number),
  fingerprint text not null,
  resolution text not null check (json_valid(resolution)),
  -- What surrounds the article, as finished HTML in the language asked for.
  head text not null,
  masthead text not null,
  notice text not null,
  facts text not null,
  primary key (asked, slug)
) strict;

create index resolution_by_briefing on resolution (briefing_id);
create index resolution_by_fingerprint on resolution (asked, fingerprint, briefing_id);

-- What index pages list, in their order: a row for each thing that a page can be narrowed to, and one ('all', '') for all.
create table facet (
  asked text not null,
  name text not null,
  value text not null,
  -- 1 where the briefing is served in the language asked for.
  native integer not null check (native in (0, 1)),
  published_at text not null,
  briefing_id text not null,
  served text not null,
  primary key (asked, name, value, native, published_at, briefing_id)
) strict, without rowid;

create index facet_by_briefing on facet (briefing_id);

-- An address that a briefing once had, for readers who still hold it.
create table moved (
  slug text primary key,
  briefing_id text not null,
  now text not null
) strict;

create index moved_by_briefing on moved (briefing_id);
