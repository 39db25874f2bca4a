-- Until when the program before this one may still run beside it. What that program cannot read is not written before then. On a site that
-- has printed nothing there is no such program.
create table former_program (
  only integer primary key check (only = 1),
  until text not null
) strict;

insert into former_program (only, until)
select 1, iif(exists (select 1 from print), strftime('%Y-%m-%dT%H:%M:%SZ', 'now', '+1 hour'), '');
