-- Pictures of cards are drawn when they are asked for. A task empties `picture`; the index finds what is still to be emptied, and is
-- then empty itself.
drop index share_card_undrawn;
create index share_card_drawn on share_card (hash) where picture is not null;
