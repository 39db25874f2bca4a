-- How often readers were shown a briefing in another language than the one they asked for, and nothing about who they were.
create table demand (
  -- Of the views, in UTC: '2026-11'.
  month text not null check (month glob '[0-9][0-9][0-9][0-9]-[0-9][0-9]'),
  -- What was asked for.
  locale text not null,
  briefing_id text not null,
  views integer not null check (views > 0),
  -- By month first: months that have had their time are taken out without reading those that have not.
  primary key (month, locale, briefing_id)
) strict, without rowid;

create index demand_by_views on demand (locale, month, views);
