-- The newsletter: who gets it, how often, in which language. Nothing here opens anything: of the links in mails there are only hashes.

-- A link that was sent to an address, by which its owner confirms that we may write to it. Nobody is sent a digest before.
create table newsletter_link (
  hash text primary key,
  address text not null,
  locale text not null,
  rhythm text not null check (rhythm in ('daily', 'weekly')),
  asked_at text not null,
  expires_at text not null,
  -- Marks the write that used it.
  used text unique
) strict;

create index newsletter_link_by_address on newsletter_link (address, asked_at);
create index newsletter_link_by_expiry on newsletter_link (expires_at);

create table subscription (
  id text primary key,
  -- In its canonical form. One address gets one newsletter.
  address text not null unique,
  locale text not null,
  rhythm text not null check (rhythm in ('daily', 'weekly')),
  began_at text not null,
  -- The issue that was last dealt with, by the moment at which it was due; before the first, when the rhythm was chosen. A digest is
  -- queued in the write that moves this on, and only where it is still what its sender saw.
  issue text not null,
  -- The number of the print up to which its reader was told of what has appeared.
  print integer not null,
  sent_at text
) strict;

create index subscription_by_issue on subscription (rhythm, issue);

-- The links by which a subscription is stopped: one for each mail that was sent of it, all good for as long as it lasts.
create table subscription_stop (
  hash text primary key,
  subscription_id text not null references subscription (id) on delete cascade
) strict;

create index subscription_stop_by_subscription on subscription_stop (subscription_id);

-- The print with which a briefing came to be served in this language: unlike its date, it tells what had been printed when a
-- digest was made. 0: before this was noted.
alter table appearance add column print integer not null default 0;

create index appearance_by_print on appearance (asked, print);
