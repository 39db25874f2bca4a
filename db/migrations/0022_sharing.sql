-- The pictures that others show of a briefing where it is shared: what each says, under its hash, and its PNG once it is drawn.
create table share_card (
  hash text primary key,
  -- What it says, as JSON: `ShareCard` in src/sharing/share-card.ts.
  says text not null check (json_valid(says)),
  picture blob,
  -- When a print last turned from it to another. Pages that others kept may show it for a while longer.
  left_at text
) strict;

create index share_card_undrawn on share_card (hash) where picture is null;
create index share_card_left on share_card (left_at) where left_at is not null;

-- Which card the last print gave the edition of a briefing in a language.
create table share_card_use (
  briefing_id text not null,
  locale text not null,
  hash text not null,
  primary key (briefing_id, locale)
) strict, without rowid;

create index share_card_use_by_hash on share_card_use (hash);
