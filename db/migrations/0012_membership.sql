-- Requests to be admitted to the alliance, and what was decided on them.

create table membership_request (
  id text primary key,
  person_id text not null references person (id) on delete cascade,
  -- Who asks and why, in their own words: plain text, in any language.
  role text not null,
  organisation text not null,
  reason text not null,
  asked_at text not null,
  decided_at text,
  decision text check (decision in ('granted', 'refused')),
  -- Who decided; unknown once their account is gone.
  decided_by text references person (id) on delete set null,
  check ((decided_at is null) = (decision is null))
) strict;

-- A person asks once at a time.
create unique index membership_request_open on membership_request (person_id) where decided_at is null;

create index membership_request_by_person on membership_request (person_id, asked_at);

create index membership_request_by_decision on membership_request (decided_at, asked_at);
