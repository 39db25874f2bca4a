import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { openSqlite } from '../../src/storage/sqlite'
import { type Run, runCommand } from './commands'
import { type Finding, median } from './report'
import { aSampleSite } from './samples'
import type { Session } from './session'

/** The sample that is multiplied: it exists in every language. */
const sample = 'microsoft-ai-access-principles'
const mark = 'XX '
const growthMost = 1.25

/**
 * Packs of a large site, out and in again through the command line, in every language: how fast, whether memory grows with the
 * number of files, and whether what was killed and begun again ends whole.
 */
export async function packs({ folder, packed }: Session): Promise<readonly Finding[]> {
  const path = join(folder, 'packs.db')
  const out = join(folder, 'packs')
  const locales = await makePacked(path, packed)
  const size = `${packed} briefings × ${locales.length} languages`

  const sent: Run[] = []
  for (const [index, locale] of locales.entries()) {
    const words = ['export', locale, '--out', out]
    if (index === 0) await runCommand(path, words, () => filesIn(join(out, locale)).length > packed / 2)
    sent.push(await runCommand(path, [...words, '--resume']))
  }
  const files = locales.flatMap((locale) => filesIn(join(out, locale)))
  const whole = sent.slice(1)

  const changed = files
    .filter((each) => each.includes('copy-'))
    .map(retitle)
    .filter(Boolean).length
  await runCommand(path, ['import', out], () => savedIn(path) > changed / 3)
  const afterKill = savedIn(path)
  const taken = await runCommand(path, ['import', out])
  const [saved, printed] = [savedIn(path), printedIn(path)]
  const again = await runCommand(path, ['import', out])
  rmSync(out, { recursive: true })

  return [
    {
      measure: 'Packs out',
      result: `${((files.length * whole.length) / sent.length / sum(whole.map(({ seconds }) => seconds))).toFixed(0)} files/s`,
      note: `XLIFF, ${size}`,
    },
    judged('Packs out, one export killed half-way and resumed: files', files.length, packed * locales.length, 'least'),
    flat('Packs out: memory', sent.at(-1)),
    {
      measure: 'Packs in, saved and printed',
      result: `${((changed - afterKill) / taken.seconds).toFixed(0)} files/s`,
      note: `${size}, a text changed in each; each briefing printed once, in all languages`,
    },
    judged(`Packs in, killed after ${afterKill} files and begun again: changes saved`, saved, changed),
    judged('Packs in: changes printed', printed, changed),
    flat('Packs in: memory', taken),
    { measure: 'Packs in again, nothing changed', result: `${(files.length / again.seconds).toFixed(0)} files/s`, note: size },
  ]
}

/** Makes a database of so many briefings, translated into every public locale: copies of one sample. Returns the locales. */
async function makePacked(path: string, count: number): Promise<readonly string[]> {
  const { site, database } = await aSampleSite(path)
  const { file } = database
  const id = file.prepare('select id from briefing where slug = ?').pluck().get(sample)
  file.pragma('foreign_keys = OFF')
  file.pragma('synchronous = OFF')
  const insert = file.transaction(() => {
    for (const statement of copies) {
      file
        .prepare(`with recursive copy (i) as (select 1 union all select i + 1 from copy where i < @count) ${statement}`)
        .run({ id, count })
    }
  })
  insert()
  database.close()
  return site.locales.locales.flatMap(({ tag, state }) => (state === 'public' && tag !== site.locales.source ? [tag] : []))
}

const name = "printf('copy-%08d', i)"
const copies = [
  `insert into briefing (id, slug, state, published_at, revision, version)
   select ${name}, ${name}, state, published_at, revision, version from copy, briefing where id = @id and @count > 0`,
  `insert into source_revision (briefing_id, revision, significance, note, saved_at, document, hashes)
   select ${name}, revision, significance, note, saved_at, document, hashes from copy, source_revision where briefing_id = @id and @count > 0`,
  `insert into translation (briefing_id, locale, state, provenance, credits, revision)
   select ${name}, locale, state, provenance, credits, revision from copy, translation where briefing_id = @id and @count > 0`,
  `insert into translation_revision (briefing_id, locale, revision, saved_at, segments)
   select ${name}, locale, revision, saved_at, segments from copy, translation_revision where briefing_id = @id and @count > 0`,
  `insert into print (briefing_id, version, printed_at)
   select ${name}, version, published_at from copy, briefing where id = @id and @count > 0`,
]

const filesIn = (folder: string) =>
  existsSync(folder)
    ? readdirSync(folder)
        .filter((each) => each.endsWith('.xlf'))
        .map((each) => join(folder, each))
    : []

/** Changes the translated title in a pack. Returns whether it had one. */
function retitle(file: string): boolean {
  const text = readFileSync(file, 'utf8')
  const done = text.replace(/(<unit id="title"(?:(?!<\/unit>)[\s\S])*<target>)/, `$1${mark}`)
  writeFileSync(file, done)
  return done !== text
}

const savedIn = (path: string) =>
  counted(
    path,
    `select count(*) from translation join translation_revision using (briefing_id, locale, revision)
     where json_extract(segments, '$.title.text') like ?`,
  )

const printedIn = (path: string) =>
  counted(path, "select count(*) from edition where tier = 0 and json_extract(card, '$.title.text') like ?")

function counted(path: string, query: string): number {
  const database = openSqlite(path)
  const count = Number(database.file.prepare(query).pluck().get(`${mark}%`))
  database.close()
  return count
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)

const judged = (measure: string, count: number, goal: number, kind: 'exactly' | 'least' = 'exactly'): Finding => ({
  measure,
  result: String(count),
  goal: kind === 'least' ? `≥ ${goal}` : String(goal),
  isMet: kind === 'least' ? count >= goal : count === goal,
})

/** Whether a command held no more in its last third than in its second: the first is where it comes to its full size. */
function flat(measure: string, run: Run | undefined): Finding {
  const memory = run?.memory ?? []
  const third = Math.floor(memory.length / 3)
  const [middle, last] = [median(memory.slice(third, 2 * third)), median(memory.slice(2 * third))]
  return {
    measure,
    result: `${last.toFixed(0)} MB`,
    goal: 'flat',
    ...(third > 2 ? { isMet: last <= middle * growthMost } : {}),
    note: `medians of the thirds of its run: ${[memory.slice(0, third), memory.slice(third, 2 * third), memory.slice(2 * third)].map((each) => median(each).toFixed(0)).join(' → ')} MB`,
  }
}
