import type SQLite from 'better-sqlite3'

/** Schedules that a briefing is taken back, under the id that examples name. */
export function scheduleExample(file: SQLite.Database): void {
  file.exec(`
    insert or replace into release (id, name, state, due_at, actor, made_at)
      values ('9d2c6a1e-4f0b', 'the-example', 'scheduled', '2099-01-01T09:00:00.000Z', 'a test', '2026-01-01T00:00:00.000Z');
    insert or replace into release_item (release_id, publication_id, locale, act, revision)
      values ('9d2c6a1e-4f0b', 'the-example', 'en', 'take-back', 1)`)
}
