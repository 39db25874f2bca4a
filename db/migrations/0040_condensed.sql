-- What the program before this migration reads stays as it is while that one may still run.
update former_program
set until = iif(exists (select 1 from briefing), strftime('%Y-%m-%dT%H:%M:%SZ', 'now', '+1 hour'), until);

-- What translators may use again, with the English once for all languages. The tables of 0005 are emptied into these.
create table memory_text (
  id integer primary key,
  hash text not null unique,
  source text not null
) strict;

create table memory_translation (
  text integer not null,
  locale text not null,
  target text not null,
  -- Milliseconds since 1970.
  saved_at integer not null,
  primary key (text, locale)
) strict;

-- A few fingerprints of each English text (`marksOf`).
create table memory_phrase (
  mark integer not null,
  text integer not null,
  primary key (mark, text)
) strict, without rowid;

-- A revision in fewer bytes: what its document and hashes, or its segments, are as JSON, deflated like those of `base`, a revision of the
-- same text (null: like nothing). Then `document`, `hashes` and `segments` are '{}'.
alter table source_revision add column deflated blob;
alter table source_revision add column base integer;
alter table translation_revision add column deflated blob;
alter table translation_revision add column base integer;

create index source_revision_whole on source_revision (saved_at) where deflated is null;
create index translation_revision_whole on translation_revision (saved_at) where deflated is null;
