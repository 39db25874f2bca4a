-- What sent a revision of a translation if no person did: `token:` and its id, or `file:` and a hash of the place of the file that the
-- command line imported. Null: nothing that is known, as for revisions of a program of before.
alter table translation_revision add column sender text;

-- The text that stood when another was set aside. That one waits for a decision for as long as this one stands. Null: it was set aside by a
-- program of before, and the revision beside which it was has it.
alter table text_set_aside add column stood text;

-- The source revision whose ids the segment has. Null: that of the revision beside which it was.
alter table text_set_aside add column source_revision integer;
