-- How many briefings stand where in each language: what the facets named 'standing' come to, kept with them.
create table standing (
  asked text not null,
  value text not null,
  briefings integer not null,
  primary key (asked, value)
) strict, without rowid;

-- Each trigger on one line, and BEGIN in capitals: D1 cuts a remote migration at the semicolons of any other.
create trigger standing_told after insert on facet when new.name = 'standing' BEGIN insert into standing (asked, value, briefings) values (new.asked, new.value, 1) on conflict (asked, value) do update set briefings = briefings + 1; END;
create trigger standing_withdrawn after delete on facet when old.name = 'standing' BEGIN update standing set briefings = briefings - 1 where asked = old.asked and value = old.value; END;

-- What is printed already stands where `standingIn` would say it stands, so that no count is wrong until it is printed anew.
insert into facet (asked, name, value, native, published_at, briefing_id, served)
select
  facet.asked,
  'standing',
  iif(r.reason in ('exact', 'regional'),
    iif(json_array_length(r.resolution, '$.outdated') > 0, 'outdated', iif(json_array_length(r.resolution, '$.missing') > 0, 'partial', 'current')),
    iif(r.reason = 'fallback-language', 'neighbour', iif(r.reason = 'not-yet-available', 'not-yet', r.reason))),
  facet.native,
  facet.published_at,
  facet.briefing_id,
  facet.served
from facet
join (select briefing_id, asked, resolution, json_extract(resolution, '$.reason') as reason from resolution) as r
  on r.briefing_id = facet.briefing_id and r.asked = facet.asked
where facet.name = 'all';
