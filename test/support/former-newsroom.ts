import { CompiledQuery } from 'kysely'
import type { BriefingFile } from '../../src/briefings/briefing'
import { hashesOf } from '../../src/briefings/hash'
import { revisionsIn } from '../../src/briefings/revisions'
import type { Database } from '../../src/storage/database'
import type { TranslatedSegment } from '../../src/translations/translation'
import type { TranslationState } from '../../src/translations/vocabulary'

interface Row {
  readonly [column: string]: unknown
}

/**
 * What the program before `saved_revision` does with briefings and translations, in its own statements: it may still run after the
 * migration.
 */
export function formerNewsroom({ query, atomically }: Database) {
  const rows = async (sql: string, ...parameters: readonly unknown[]) =>
    (await query.executeQuery(CompiledQuery.raw(sql, [...parameters]))).rows as readonly Row[]
  const raw = (sql: string, ...parameters: readonly unknown[]) => CompiledQuery.raw(sql, [...parameters])

  return {
    /** What it would print: the text of each language that readers would get. */
    prints: async (id: string): Promise<Readonly<Record<string, string>>> => {
      const english = await rows(
        `select document from briefing join source_revision s on s.briefing_id = briefing.id and s.revision = briefing.revision
          where briefing.id = ? and briefing.state = 'published'`,
        id,
      )
      const translations = await rows(
        `select t.locale, r.segments from translation t join translation_revision r
          on r.briefing_id = t.briefing_id and r.locale = t.locale and r.revision = t.revision
          where t.briefing_id = ? and t.state = 'approved' order by t.locale`,
        id,
      )
      return Object.fromEntries([
        ...english.map(({ document }) => ['en', String(document)]),
        ...translations.map(({ locale, segments }) => [String(locale), String(segments)]),
      ])
    },

    /** Saves texts of a translation as it stands for this program, and gives it a state. */
    saves: async (id: string, locale: string, texts: Readonly<Record<string, string>>, state?: TranslationState) => {
      const [before] = await rows(
        `select t.state, t.revision, r.segments from translation t join translation_revision r
          on r.briefing_id = t.briefing_id and r.locale = t.locale and r.revision = t.revision
          where t.briefing_id = ? and t.locale = ?`,
        id,
        locale,
      )
      const segments = JSON.parse(String(before?.['segments'] ?? '{}')) as Record<string, TranslatedSegment>
      const after = Object.fromEntries(
        Object.entries(texts).map(([segment, text]) => [segment, { text, seen: segments[segment]?.seen ?? '' }]),
      )
      const revision = Number(before?.['revision'] ?? 0) + 1
      const now = state ?? String(before?.['state'] ?? 'draft')
      await atomically([
        raw(
          `insert into translation (briefing_id, locale, state, provenance, credits, revision) values (?, ?, ?, 'human', '[]', ?)
            on conflict (briefing_id, locale) do update set state = ?, provenance = 'human', credits = '[]', revision = ?`,
          ...[id, locale, now, revision, now, revision],
        ),
        raw(
          `insert into translation_revision (briefing_id, locale, revision, saved_at, segments, person_id, state) values (?, ?, ?, ?, ?, null, ?)`,
          ...[id, locale, revision, '2026-01-01T00:00:00.000Z', JSON.stringify({ ...segments, ...after }), now],
        ),
        raw('update briefing set version = version + 1 where id = ?', id),
      ])
    },

    /** Loads a file whose last revision is new to it. */
    loads: async (file: BriefingFile) => {
      const [stored] = await rows('select version from briefing where id = ?', file.id)
      const last = revisionsIn(file).at(-1)
      if (!last) throw new Error('A file has a revision.')
      await atomically([
        raw(
          `update briefing set slug = iif(version = ?, ?, null), state = ?, published_at = ?, revision = ?, version = version + 1 where id = ?`,
          ...[stored?.['version'], file.slug, file.state, file.publishedAt, last.revision, file.id],
        ),
        raw(
          `insert into source_revision (briefing_id, revision, significance, segment_significance, note, saved_at, document, hashes)
            values (?, ?, ?, '{}', ?, ?, ?, ?)`,
          ...[file.id, last.revision, last.significance, last.note, last.savedAt],
          ...[JSON.stringify(last.briefing), JSON.stringify(await hashesOf(last.briefing))],
        ),
      ])
    },
  }
}
