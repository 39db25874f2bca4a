import type { BriefingFile } from '../../src/briefings/briefing'
import { openLocales } from '../../src/language/locale'
import { condense } from '../../src/newsroom/condense'
import { importPack } from '../../src/newsroom/import'
import { loadAll } from '../../src/newsroom/load'
import { findTranslation } from '../../src/translations/store'
import { bytesByTable, inEveryLanguage, newsroomTables, slug } from './bytes'
import { amountFinding, type Finding } from './report'
import { anEmptySite } from './samples'

const saves = 10

/** The least of a table that is told by name, in bytes. */
const toldFrom = 20

/**
 * What the newsroom's tables keep for ever of a save that changes one passage: of the English, and of its translation into one language,
 * which is published, so that the memory learns it.
 */
export async function savesRow(): Promise<readonly Finding[]> {
  const { site, database } = await anEmptySite(':memory:')
  const locales = openLocales(site.locales).filter((locale) => locale !== site.locales.source)
  const content = inEveryLanguage(locales)
  await loadAll(site, content)
  const [sample] = content.briefings
  if (!sample) throw new Error(`There is no sample ${slug}.`)
  let file = JSON.parse(new TextDecoder().decode(sample.bytes)) as BriefingFile
  const steps = { english: new Map<string, number>(), translated: new Map<string, number>() }
  const grown = async (into: Map<string, number>, act: () => Promise<unknown>) => {
    await condense(site, 1000)
    const before = bytesByTable(database)
    await act()
    await condense(site, 1000)
    for (const [table, all] of bytesByTable(database)) into.set(table, (into.get(table) ?? 0) + all - (before.get(table) ?? 0))
  }
  for (let number = 1; number <= saves; number += 1) {
    const part = file.body[number % file.body.length]
    if (!part) throw new Error('The sample has no passages.')
    file = withSentence(file, part.id, ` It was checked on ${number} May, and ${number * 17} readers wrote.`)
    const bytes = new TextEncoder().encode(JSON.stringify(file))
    await grown(steps.english, () => loadAll(site, { ...content, briefings: [{ ...sample, bytes }], translations: [] }))
    await grown(steps.translated, async () => {
      for (const locale of locales) {
        const before = await findTranslation(database, file.id, locale)
        const text = `${before?.segments[`body.${part.id}`]?.text ?? ''} Vérifié le ${number} mai.`
        const targets = new Map([[`body.${part.id}`, text]])
        const pack = { name: slug, source: 'en', locale, sourceRevision: file.revisions.length, targets }
        await importPack(site, pack, { state: 'approved', provenance: 'human', actor: 'bench' })
      }
    })
  }
  database.close()
  const finding = (measure: string, step: ReadonlyMap<string, number>, times: number, most: number) => {
    const own = [...step].filter(([table]) => newsroomTables.has(table)).map(([table, all]) => [table, all / times] as const)
    const told = own.filter(([, each]) => each >= toldFrom).map(([table, each]) => `${table} ${each.toFixed(0)}`)
    return amountFinding(
      measure,
      own.reduce((sum, [, each]) => sum + each, 0),
      'bytes',
      most,
      told.join(', '),
    )
  }
  return [
    finding('Bytes of a save of the English that changes one passage', steps.english, saves, 1000),
    finding(
      'Bytes of a save of a translation that changes one passage, published',
      steps.translated,
      saves * locales.length,
      3000,
    ),
  ]
}

/** A file with a revision more, which adds a sentence to a passage. */
function withSentence(file: BriefingFile, id: string, sentence: string): BriefingFile {
  const revision = file.revisions.length + 1
  const savedAt = `2026-06-${String(revision).padStart(2, '0')}T08:00:00Z`
  const replaced = { [`body.${id}`]: file.body.find((part) => part.id === id)?.text ?? '' }
  return {
    ...file,
    body: file.body.map((part) => (part.id === id ? { ...part, text: part.text + sentence } : part)),
    revisions: [...file.revisions, { revision, savedAt, significance: 'material', note: 'Bench', replaced }],
  }
}
