-- What events are told against: what the last print gave readers of a language, whatever of it has changed.
-- Hash of all that is served; empty where it was printed before there were events.
alter table appearance add column content text not null default '';
-- The revision of the English that the print was made from.
alter table appearance add column source_revision integer not null default 0;
update appearance set source_revision = coalesce((select revision from briefing where id = briefing_id), 0);

-- Programs that are told of events.
create table webhook_endpoint (
  id text primary key,
  url text not null,
  -- What it is signed with: both sides need it, so that it cannot be kept as a hash.
  secret text not null,
  -- The secret before that, which signs beside it until then.
  former_secret text,
  former_until text,
  -- The types of events and the locales that it is told of, each as a list, or the word "all".
  events text not null check (json_valid(events)),
  locales text not null check (json_valid(locales)),
  added_at text not null,
  -- Until when nobody may call it: who calls it moves this on first, so that nobody else does meanwhile; and it is left to rest.
  free_at text not null default '',
  -- Since when it has taken nothing.
  failing_since text,
  disabled_at text,
  -- Why it is disabled.
  reason text,
  check ((former_secret is null) = (former_until is null)),
  check ((disabled_at is null) = (reason is null))
) strict;

-- What happened, as it is told, byte for byte. Nothing stands here that no endpoint wanted to know.
create table webhook_event (
  id text primary key,
  type text not null,
  locales text not null check (json_valid(locales)),
  at text not null,
  payload text not null
) strict;

create index webhook_event_by_time on webhook_event (at);

create table webhook_delivery (
  event_id text not null references webhook_event (id) on delete cascade,
  endpoint_id text not null references webhook_endpoint (id) on delete cascade,
  -- When it is next to be tried. Null once it is settled.
  due_at text,
  -- How often it was tried. A sender that died does not count.
  attempts integer not null default 0,
  -- What was last answered: the status, null where there was no answer, and what was said, in a line.
  status integer,
  answer text,
  delivered_at text,
  -- When it was given up.
  failed_at text,
  primary key (event_id, endpoint_id),
  check ((due_at is null) = (delivered_at is not null or failed_at is not null)),
  check (delivered_at is null or failed_at is null)
) strict, without rowid;

create index webhook_delivery_due on webhook_delivery (endpoint_id, due_at) where due_at is not null;
