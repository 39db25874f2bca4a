import { loadAll } from '../../src/newsroom/load'
import { printBriefing } from '../../src/printing/print-briefing'
import { listWaiting } from '../../src/printing/print-waiting'
import { openSite } from '../../src/site'
import { inEveryLanguage, slug } from './bytes'
import { amountFinding, type Finding, median } from './report'
import { anEmptySite, benchKit } from './samples'
import type { Session } from './session'

/** How often each print is measured in a round. */
const times = 5

interface Cost {
  readonly cpu: number
  readonly rows: number
  readonly statements: number
}

/** What a print of the longest sample costs, in every language, and what a deployment prints again. In memory, without the disk. */
export async function prints({ rounds }: Session): Promise<readonly Finding[]> {
  let statements = 0
  const { site, database } = await anEmptySite(':memory:', () => {
    statements += 1
  })
  const locales = site.locales.locales.map(({ tag }) => tag).filter((tag) => tag !== site.locales.source)
  await loadAll(site, inEveryLanguage(locales))
  const id = String(database.file.prepare('select id from briefing where slug = ?').pluck().get(slug))
  const changes = () => Number(database.file.prepare('select total_changes()').pluck().get())
  let turn = 0
  const cost = async (program: typeof site): Promise<Cost> => {
    database.file.prepare('update briefing set version = version + 1 where id = ?').run(id)
    const [begun, rows, used] = [statements, changes(), process.cpuUsage()]
    await printBriefing(program, id)
    const { user, system } = process.cpuUsage(used)
    return { cpu: (user + system) / 1000, rows: changes() - rows, statements: statements - begun }
  }
  const ofOne: Cost[] = []
  const whole: Cost[] = []
  for (; turn < rounds * times; turn += 1) {
    const segments = `json_set(segments, '$.title.text', 'Title ${turn}')`
    database.file.prepare(`update translation_revision set segments = ${segments} where locale = ?`).run(locales[0])
    ofOne.push(await cost(site))
    const others = turn % 2
    whole.push(await cost({ ...site, madeWith: (kind, locale) => `${others} ${site.madeWith(kind, locale)}` }))
    await cost(site)
  }
  const { kit, config } = benchKit()
  const redeployed = async (changed: Partial<typeof kit>) =>
    (await listWaiting({ ...site, ...(await openSite({ ...kit, ...changed }, config)) }, 10)).length
  const menu = { ...kit.catalogs, [locales[0] ?? '']: { ...kit.catalogs[locales[0] ?? ''], 'layout.account': 'Another' } }
  const deployments = [
    ['a rule of the style sheet', { assets: { ...kit.assets, 'style.css': '/assets/style.another.css' } }],
    ['a word of the menu', { catalogs: menu }],
    ['a line of the program that makes no page', { version: 'another' }],
  ] as const
  const again = await Promise.all(deployments.map(async ([what, changed]) => [what, await redeployed(changed)] as const))
  database.close()
  return [
    ...costs('A print after a change in one language', ofOne, { cpu: 25, rows: 150, statements: 50 }),
    ...costs('A print of everything', whole, { cpu: 60, statements: 50 }),
    ...again.map(([what, prints]) => amountFinding(`A deployment: ${what}`, prints, 'briefings printed again', 0)),
  ]
}

function costs(measure: string, found: readonly Cost[], most: Partial<Cost>): readonly Finding[] {
  const units = { cpu: 'ms of processor', rows: 'rows', statements: 'statements' } as const
  return (['cpu', 'rows', 'statements'] as const).map((name) => {
    const amount = median(found.map((each) => each[name]))
    const goal = most[name]
    const result = `${amount.toFixed(0)} ${units[name]}`
    return goal === undefined ? { measure, result } : amountFinding(measure, amount, units[name], goal)
  })
}
