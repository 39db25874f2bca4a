-- The place of an entry in each of its feeds, given once, in the order in which entries were first listed. Archives are cut by these numbers,
-- so nothing that is dated back moves anything. The program of before knows nothing of this table, and needs nothing of it.
create table feed_place (
  asked text not null,
  -- 1 for the feed that also lists what is not in the language asked for.
  with_fallback integer not null check (with_fallback in (0, 1)),
  name text not null,
  value text not null,
  -- From 0, without gaps.
  number integer not null,
  -- Null: what was listed here was taken away, and nothing else gets its place.
  briefing_id text,
  primary key (asked, with_fallback, name, value, number)
) strict, without rowid;

create index feed_place_by_briefing on feed_place (briefing_id, asked, with_fallback, name, value);

insert into feed_place (asked, with_fallback, name, value, number, briefing_id)
select
  f.asked,
  w.with_fallback,
  f.name,
  f.value,
  row_number() over (partition by f.asked, w.with_fallback, f.name, f.value order by f.appeared_at, f.briefing_id) - 1,
  f.briefing_id
from feed_entry as f
join (select 0 as with_fallback union all select 1 as with_fallback) as w on w.with_fallback = 1 or f.native = 1;
