-- What was saved and not published. `revision` and `state` stay what readers have, because a program of before prints from them: it knows
-- nothing of these columns. Null: there is nothing newer than what readers have.
alter table briefing add column saved_revision integer;
alter table translation add column saved_revision integer;
alter table translation add column saved_state text check (saved_state in ('draft', 'in-review'));
alter table translation add column saved_provenance text check (saved_provenance in ('human', 'machine', 'machine-reviewed'));
alter table translation add column saved_credits text check (json_valid(saved_credits));

-- When the editors took a briefing back from readers, and what they say about it.
alter table briefing add column taken_back_at text;
alter table briefing add column taken_back_why text not null default '';

-- Whether a program may publish. Programs that reach the English could, until now.
alter table access_token add column may_publish integer not null default 0 check (may_publish in (0, 1));
update access_token set may_publish = may_edit;

-- For readers who still hold the address of a briefing that was taken back.
create table taken_back (
  slug text primary key,
  briefing_id text not null,
  at text not null,
  why text not null
) strict;

create index taken_back_by_briefing on taken_back (briefing_id);
