-- What feeds and sitemaps tell of a briefing to those who ask in one language. Kept from print to print, for what is compared is
-- what the last print served: all else that a print writes is thrown away by the next.
create table appearance (
  asked text not null,
  briefing_id text not null,
  slug text not null,
  -- 1 where the briefing is served in the language asked for.
  native integer not null check (native in (0, 1)),
  -- 1 where its page is an address of its own, which search engines are told of.
  own integer not null check (own in (0, 1)),
  -- The locales that have such a page, as JSON.
  available text not null check (json_valid(available)),
  -- Hash of what is served, as far as it matters: a typo does not change it.
  state text not null,
  -- When it came to be served in this language; of what was never served otherwise, when it was published.
  appeared_at text not null,
  -- When the state last changed.
  updated_at text not null,
  -- Which sitemap of its language it stands in.
  sheet integer not null,
  -- The state that search engines were last told of (IndexNow).
  announced text not null default '',
  primary key (asked, briefing_id)
) strict, without rowid;

create index appearance_by_briefing on appearance (briefing_id);
create index appearance_by_sheet on appearance (asked, sheet, updated_at) where own = 1;
create index appearance_by_announcement on appearance (asked, briefing_id) where own = 1 and announced <> state;

-- The place of a briefing among all, given once: by it sitemaps are cut, so that what is new moves nothing from one to the next.
create table place (
  number integer primary key,
  briefing_id text not null unique
) strict;

-- What feeds list, in their order: a row for each facet, as index pages have them, but by the time of appearance.
create table feed_entry (
  asked text not null,
  name text not null,
  value text not null,
  native integer not null check (native in (0, 1)),
  appeared_at text not null,
  briefing_id text not null,
  primary key (asked, name, value, native, appeared_at, briefing_id)
) strict, without rowid;

create index feed_entry_by_briefing on feed_entry (briefing_id);
