-- What machines may write, and what they wrote. A draft is a revision of a translation like any other; these tables say by which job.

-- The job that may write, for each briefing and language: a later one replaces the token, and the earlier one's answer is refused.
-- A job that came to nothing stays, so that it is not begun again at once.
create table machine_job (
  briefing_id text not null references briefing (id),
  locale text not null,
  token text not null,
  -- The English that was sent.
  source_revision integer not null,
  started_at text not null,
  primary key (briefing_id, locale)
) strict;

-- What became of each job that came to an end. One that is no longer the job, or whose English is no longer the one it saw, writes
-- null here and so fails whole.
create table machine_draft (
  token text primary key not null,
  briefing_id text not null references briefing (id),
  locale text not null,
  translator text not null,
  source_revision integer not null,
  saved_at text not null,
  -- How many it drafted. 0: there was nothing to draft, or nothing of use came back.
  segments integer not null
) strict;

-- Which briefings no machine has been asked for as they stand is asked every minute.
create index machine_draft_by_briefing on machine_draft (briefing_id, locale, source_revision);
