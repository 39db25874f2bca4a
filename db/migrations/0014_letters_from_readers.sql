-- What readers write to those who make the site: reports of what is wrong with a translation, and comments on a briefing.

create table report (
  number integer primary key autoincrement,
  briefing_id text not null references briefing (id) on delete cascade,
  -- The language of the translation, which is not always that of the page it was read on.
  locale text not null,
  segment text not null,
  -- What it takes to read the segment: 0 is everyone.
  tier integer not null,
  kind text not null check (kind in ('meaning', 'language', 'untranslated', 'names', 'offensive', 'other')),
  -- In the reader's words; may be empty.
  detail text not null,
  -- The segment as its reader saw it, and in which language that was: the source's, where it was not translated.
  text text not null,
  text_locale text not null,
  hash text not null,
  source_revision integer not null,
  translation_revision integer not null,
  -- Null where nobody was signed in, or whoever was has left.
  person_id text references person (id) on delete set null,
  sent_at text not null,
  state text not null default 'open' check (state in ('open', 'fixed', 'declined')),
  closed_at text,
  check ((state = 'open') = (closed_at is null))
) strict;

-- The same said of the same text is kept once while it is open. By it the open ones of a translation are counted, too.
create unique index report_once on report (briefing_id, locale, segment, kind, detail, hash) where state = 'open';
create index report_by_person on report (person_id) where person_id is not null;

create table comment (
  number integer primary key autoincrement,
  briefing_id text not null references briefing (id) on delete cascade,
  -- The language of the page that it was written on.
  locale text not null,
  person_id text not null references person (id) on delete cascade,
  -- The name that its author chose to be shown; may be empty.
  name text not null,
  text text not null,
  sent_at text not null,
  state text not null default 'held' check (state in ('held', 'accepted', 'refused')),
  decided_at text,
  check ((state = 'held') = (decided_at is null))
) strict;

create index comment_shown on comment (briefing_id, number) where state = 'accepted';
create unique index comment_once on comment (person_id, briefing_id, text) where state = 'held';
create index comment_by_person on comment (person_id);
