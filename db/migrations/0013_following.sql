-- What readers asked to be told of. Nothing here opens anything: of the links in mails there are only hashes.

-- A link that was sent to an address, by which its owner confirms that we may write to it. Nobody follows anything before.
create table following_link (
  hash text primary key,
  address text not null,
  briefing_id text not null,
  locale text not null,
  wish text not null check (wish in ('available', 'changes')),
  asked_at text not null,
  expires_at text not null,
  -- The following that it was used for.
  used text unique
) strict;

create index following_link_by_address on following_link (address, asked_at);
create index following_link_by_expiry on following_link (expires_at);

create table following (
  id text primary key,
  -- In its canonical form.
  address text not null,
  briefing_id text not null,
  -- The language in which the briefing was asked for, and in which its reader is written to.
  locale text not null,
  -- 'available': to be told once, when there is an edition in that language; 'changes': of each material change.
  wish text not null check (wish in ('available', 'changes')),
  began_at text not null,
  -- When the newest material change was saved that its reader knows of.
  known text not null,
  -- How often its reader was told. A mail is queued in the write that counts it, and only where the count is still what its sender saw.
  tellings integer not null default 0,
  told_at text,
  unique (address, briefing_id, wish, locale)
) strict;

create index following_by_briefing on following (briefing_id, wish, locale, tellings);
create index following_told on following (told_at) where wish = 'available' and told_at is not null;

-- The links by which a following is stopped: one for each mail that was sent of it, all good for as long as it lasts.
create table following_stop (
  hash text primary key,
  following_id text not null references following (id) on delete cascade
) strict;

create index following_stop_by_following on following_stop (following_id);

-- The number of the print up to which all followers have been told.
create table announced (
  only integer primary key check (only = 1),
  print integer not null
) strict;

insert into announced (only, print) select 1, coalesce(max(number), 0) from print;

-- What stands under the article in the language asked for, as finished HTML.
alter table resolution add column ending text not null default '';
