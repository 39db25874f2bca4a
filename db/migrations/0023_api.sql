-- Whether a token reaches the English of briefings.
alter table access_token add column may_edit integer not null default 0 check (may_edit in (0, 1));

-- Requests that programs sent under a key of theirs, with what they were answered; no status: not answered yet.
create table sent_before (
  token_id text not null references access_token (id) on delete cascade,
  key text not null,
  request text not null,
  begun_at text not null,
  status integer,
  headers text not null default '{}',
  body text not null default '',
  primary key (token_id, key)
) strict, without rowid;

create index sent_before_by_time on sent_before (begun_at);
