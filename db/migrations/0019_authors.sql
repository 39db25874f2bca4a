-- Who made a revision of a translation, and the state that it gave it: by these a site tells that somebody approves their own text.
-- Null: nobody that is known (the operator's files, a machine, a program, somebody who has left).
alter table translation_revision add column person_id text references person (id) on delete set null;

-- Null: saved before states were kept.
alter table translation_revision add column state text check (state in ('draft', 'in-review', 'approved', 'withdrawn'));

create index translation_revision_by_person on translation_revision (person_id) where person_id is not null;
