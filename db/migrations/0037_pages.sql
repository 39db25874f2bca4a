-- Pages of the site (about, privacy) beside briefings, in the same tables. What the program of before writes is a briefing.
alter table briefing add column kind text not null default 'briefing' check (kind in ('briefing', 'page'));
alter table resolution add column kind text not null default 'briefing' check (kind in ('briefing', 'page'));
alter table appearance add column kind text not null default 'briefing' check (kind in ('briefing', 'page'));
alter table moved add column kind text not null default 'briefing' check (kind in ('briefing', 'page'));
alter table taken_back add column kind text not null default 'briefing' check (kind in ('briefing', 'page'));
alter table removed add column kind text not null default 'briefing' check (kind in ('briefing', 'page'));

-- The links in the footer: the pages that readers of a language have.
create index resolution_of_pages on resolution (asked, slug) where kind = 'page';
