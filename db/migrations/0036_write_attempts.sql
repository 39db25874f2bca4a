-- What /readyz writes to find out whether the site can write. It is removed again at once. The program of before does not use it.
create table write_attempt (
  id integer not null primary key check (id = 1),
  ballast text not null,
  tried_at text not null
) strict;
