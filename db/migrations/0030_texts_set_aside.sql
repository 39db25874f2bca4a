-- Texts that were sent for a translation and stand beside it: somebody else had changed the segment since their sender began. A text that
-- is sent again is kept once. The program of before knows nothing of this table, and needs nothing of it.
create table text_set_aside (
  briefing_id text not null,
  locale text not null,
  segment text not null,
  -- Of the text, so that the key is short.
  hash text not null,
  text text not null,
  -- The hash of the English that it was made from.
  seen text not null,
  -- The revision of the translation that stood.
  revision integer not null,
  -- The name of the file or the program that brought it.
  sent_by text not null,
  set_aside_at text not null,
  primary key (briefing_id, locale, segment, hash),
  foreign key (briefing_id, locale) references translation (briefing_id, locale) on delete cascade
) strict;
