-- The parts of a briefing whose ids a source revision changed: before → since, such as {"body.delay": "body.strike"}.
alter table source_revision add column renamed text not null default '{}' check (json_valid(renamed));

-- Few revisions rename anything. Documents are long, so those few are read from an index.
create index source_revision_renaming on source_revision (briefing_id, revision, renamed) where renamed <> '{}';

-- The source revision whose ids the segments of a translation have. 0: that of before any renaming.
alter table translation_revision add column source_revision integer not null default 0;
