-- Segment id → how much this revision changed it, where that is not what the revision says of itself.
alter table source_revision add column segment_significance text not null default '{}' check (json_valid(segment_significance));
