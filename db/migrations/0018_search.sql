-- What readers search: a row for each edition's language, in which each word carries its language and its part (`en/t.harbour`), so
-- that a query can only meet words that its reader may read. `src/search/entry.ts` writes the words, and nothing else knows them.
create table search_entry (
  -- The second of publication × 2^20 and a running number: the newest are found by walking backwards.
  id integer primary key,
  briefing_id text not null,
  locale text not null,
  unique (briefing_id, locale)
) strict;

-- The tokenizer decides nothing about letters, for which words are the same is decided once, by the program, for both databases.
create virtual table search_text using fts5 (
  words,
  content = '',
  contentless_delete = 1,
  tokenize = "ascii tokenchars '/.~=-|'"
);

create virtual table search_vocabulary using fts5vocab (search_text, row);
