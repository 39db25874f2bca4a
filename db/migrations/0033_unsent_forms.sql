-- What somebody wrote into a form and could not send, because their session had ended. The browser has the secret, only a hash is kept, and
-- only the person who opened the form gets it back. The program of before knows nothing of this table, and needs nothing of it.
create table unsent_form (
  hash text not null primary key,
  person_id text not null references person (id) on delete cascade,
  fields text not null,
  expires_at text not null
) strict;

create index unsent_form_person on unsent_form (person_id, expires_at);
