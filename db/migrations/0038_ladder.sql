-- The tiers are the site's own. Everything stored names a tier by its id, and no number of a tier means the same on every site.

-- The ladders of tiers that readers' texts were printed under, lowest tier first. `src/briefings/ladder.ts` says what follows from them.
create table ladder (
  number integer primary key,
  tiers text not null check (json_valid(tiers)),
  since text not null
) strict;

-- The one ladder that there was, if there is anything from that time.
insert into ladder (number, tiers, since) select 1, '["circle","alliance"]', strftime('%Y-%m-%dT%H:%M:%fZ', 'now') where exists (select 1 from source_revision) or exists (select 1 from person);

-- The ladder that a revision was saved under, or that an editor opened it by.
alter table source_revision add column ladder integer not null default 1;

-- A printed edition is for everyone (tier 0), or for the tiers that it names, with spaces around each. The check of `tier` goes, and with it
-- the table: a check cannot be changed.
create table edition_anew (
  briefing_id text not null,
  locale text not null,
  tier integer not null,
  print integer not null references print (number),
  fingerprint text not null,
  reading text not null check (json_valid(reading)),
  card text not null check (json_valid(card)),
  lead text not null,
  body text not null,
  source_revision integer not null default 0,
  translation_revision integer not null default 0,
  made_of text not null default '',
  picture text not null default '',
  tiers text not null default '',
  primary key (briefing_id, locale, tier)
) strict;

insert into edition_anew select briefing_id, locale, tier, print, fingerprint, reading, card, lead, body, source_revision, translation_revision, made_of, picture, case when tier = 0 then '' when tier = 2 then ' alliance ' when exists (select 1 from edition as above where above.briefing_id = edition.briefing_id and above.locale = edition.locale and above.tier = 2) then ' circle ' else ' circle alliance ' end from edition;

drop table edition;
alter table edition_anew rename to edition;
create index edition_by_fingerprint on edition (locale, fingerprint, briefing_id) where tier = 0;
create index edition_by_picture on edition (locale, picture, briefing_id) where tier = 0;

-- The tier that a person was given. `tier` is for the program before, which may still run: this program leaves its lowest number there.
alter table person add column tier_id text not null default 'circle';
update person set tier_id = 'alliance' where tier = 2;
create trigger person_tier_given after update of tier on person when new.tier <> old.tier and new.tier_id = old.tier_id BEGIN update person set tier_id = iif(new.tier = 2, 'alliance', 'circle') where id = new.id; END;

alter table membership_request add column tier text not null default 'alliance';

-- Whether a program may give people tiers, and take them away.
alter table access_token add column may_admit integer not null default 0 check (may_admit in (0, 1));
