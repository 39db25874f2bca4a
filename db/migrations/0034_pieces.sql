-- What each printed row was made of, so that a print writes only rows that it would make of something else. `fingerprint` says what it
-- was made with. Empty: a program from before printed it.
alter table edition add column made_of text not null default '';
alter table resolution add column made_of text not null default '';
-- The same of the rows of `facet` that go with this one.
alter table resolution add column listed text not null default '';
alter table search_entry add column made_of text not null default '';
alter table search_entry add column fingerprint text not null default '';
-- The address of the picture that the row names. The content of a picture decides its address.
alter table edition add column picture text not null default '';

-- All tiers of an edition have the same fingerprint and the same picture.
create index edition_by_fingerprint on edition (locale, fingerprint, briefing_id) where tier = 0;
create index edition_by_picture on edition (locale, picture, briefing_id) where tier = 0;
create index search_entry_by_fingerprint on search_entry (locale, fingerprint, briefing_id);

-- A hash of the addresses of all pictures with which no edition waits to be printed again.
create table settled_pictures (
  only integer primary key check (only = 1),
  hash text not null
) strict;
