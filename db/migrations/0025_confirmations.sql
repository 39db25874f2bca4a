-- What is confirmed by mail, whatever it is for. Nothing here opens anything: of the links in mails there are only hashes.

-- A link that was sent to an address. Its owner confirms by it, once, what was asked for in their name.
create table confirmation (
  hash text primary key,
  -- What is confirmed: 'sign-in', 'following', 'newsletter'. Not checked here, so that a kind can be added.
  kind text not null,
  -- In its canonical form.
  address text not null,
  locale text not null,
  -- What else was asked for, as the kind has it.
  request text not null check (json_valid(request)),
  asked_at text not null,
  expires_at text not null,
  -- Marks the write that used it.
  used text unique
) strict;

create index confirmation_by_address on confirmation (address, kind, asked_at);
create index confirmation_by_time on confirmation (asked_at);

-- Until now these were in sign_in, following_link and newsletter_link. The program before this one may still run and knows only
-- those tables. So what it writes there is copied here, what either program removes is removed in both places, and neither uses a link
-- that the other has used. That is held by leaving the row unchanged (raise(ignore)), not by marking the row of the other table: D1
-- counts rows that triggers change, and the program before expects a count of one. A day after it has stopped the three tables are
-- empty for good. A later migration then drops the triggers on confirmation first, and the three tables after them.

create trigger sign_in_asked after insert on sign_in BEGIN insert into confirmation (hash, kind, address, locale, request, asked_at, expires_at, used) values (new.hash, 'sign-in', new.address, new.locale, json_object('next', new.next), new.asked_at, new.expires_at, new.session); END;

create trigger following_link_asked after insert on following_link BEGIN insert into confirmation (hash, kind, address, locale, request, asked_at, expires_at, used) values (new.hash, 'following', new.address, new.locale, json_object('briefingId', new.briefing_id, 'wish', new.wish), new.asked_at, new.expires_at, new.used); END;

create trigger newsletter_link_asked after insert on newsletter_link BEGIN insert into confirmation (hash, kind, address, locale, request, asked_at, expires_at, used) values (new.hash, 'newsletter', new.address, new.locale, json_object('rhythm', new.rhythm), new.asked_at, new.expires_at, new.used); END;

create trigger sign_in_used_already before update of session on sign_in when exists (select 1 from confirmation where hash = new.hash and used is not null) BEGIN select raise(ignore); END;

create trigger following_link_used_already before update of used on following_link when exists (select 1 from confirmation where hash = new.hash and used is not null) BEGIN select raise(ignore); END;

create trigger newsletter_link_used_already before update of used on newsletter_link when exists (select 1 from confirmation where hash = new.hash and used is not null) BEGIN select raise(ignore); END;

create trigger confirmation_used_already before update of used on confirmation when exists (select 1 from sign_in where hash = new.hash and session is not null union all select 1 from following_link where hash = new.hash and used is not null union all select 1 from newsletter_link where hash = new.hash and used is not null) BEGIN select raise(ignore); END;

create trigger sign_in_removed after delete on sign_in BEGIN delete from confirmation where hash = old.hash; END;

create trigger following_link_removed after delete on following_link BEGIN delete from confirmation where hash = old.hash; END;

create trigger newsletter_link_removed after delete on newsletter_link BEGIN delete from confirmation where hash = old.hash; END;

create trigger confirmation_removed_sign_in after delete on confirmation when old.kind = 'sign-in' BEGIN delete from sign_in where hash = old.hash; END;

create trigger confirmation_removed_following_link after delete on confirmation when old.kind = 'following' BEGIN delete from following_link where hash = old.hash; END;

create trigger confirmation_removed_newsletter_link after delete on confirmation when old.kind = 'newsletter' BEGIN delete from newsletter_link where hash = old.hash; END;

insert or ignore into confirmation (hash, kind, address, locale, request, asked_at, expires_at, used)
select hash, 'sign-in', address, locale, json_object('next', next), asked_at, expires_at, session from sign_in
union all
select hash, 'following', address, locale, json_object('briefingId', briefing_id, 'wish', wish), asked_at, expires_at, used from following_link
union all
select hash, 'newsletter', address, locale, json_object('rhythm', rhythm), asked_at, expires_at, used from newsletter_link;
