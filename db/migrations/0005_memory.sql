-- What translators may use again: English that was once translated and approved, of all briefings. The newsroom's half; no
-- reader's query may see it, for texts that only members read are in it too.

create table memory (
  locale text not null,
  -- Of the English.
  hash text not null,
  source text not null,
  target text not null,
  saved_at text not null,
  primary key (locale, hash)
) strict;

-- A few fingerprints of each English text: texts that are alike share some, so that they are found without reading the others.
create table memory_mark (
  locale text not null,
  mark integer not null,
  hash text not null,
  primary key (locale, mark, hash)
) strict, without rowid;

-- Translations that were approved before there was a memory. It learns them, once, before it is first asked.
create table memory_due (
  locale text not null,
  briefing_id text not null,
  saved_at text not null,
  primary key (locale, briefing_id)
) strict, without rowid;

insert into memory_due (locale, briefing_id, saved_at)
select translation.locale, translation.briefing_id, translation_revision.saved_at
from translation
join translation_revision using (briefing_id, locale, revision)
where translation.state = 'approved' and translation.provenance <> 'machine';
