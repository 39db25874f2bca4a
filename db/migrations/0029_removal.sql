-- Until when an email may be sent: until its link expires, or until nobody wants to read it any more. Null: a day from when it was queued,
-- as for emails of a program that does not know this column.
alter table mail add column send_by text;

-- An email that asks for a confirmation was queued in the write that kept its link, at the same moment.
update mail set send_by = (
  select c.expires_at from confirmation as c where c.address = mail.recipient and c.asked_at = mail.queued_at limit 1
) where due_at is not null;

-- The addresses of briefings that were removed for good, and when. Nothing else is kept of them, and no other briefing gets them.
create table removed (
  slug text primary key,
  at text not null
) strict;

-- The briefing whose print last turned from a card. Null: a program of before noted none.
alter table share_card add column left_by text;
