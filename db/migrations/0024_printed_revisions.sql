-- The revisions that an edition was printed from; 0 for the translation of an edition in English. A reader's report names them.
alter table edition add column source_revision integer not null default 0;
alter table edition add column translation_revision integer not null default 0;
update edition set
  source_revision = coalesce((select b.revision from briefing as b where b.id = edition.briefing_id), 0),
  translation_revision = coalesce((select t.revision from translation as t where t.briefing_id = edition.briefing_id and t.locale = edition.locale), 0);
