import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { BriefingFile } from '../../src/briefings/briefing'
import type { LocaleFile } from '../../src/translations/translation'
import { vernacular } from './command'
import type { RunningServer } from './server'

/** Loads a briefing with these translations into a running site, as its operator does. Throws where the command refused. */
export function loadInto(site: RunningServer, briefing: BriefingFile, ...translations: readonly LocaleFile[]): void {
  const folder = join(site.folder, 'content')
  const write = (name: string, value: unknown) => {
    mkdirSync(join(folder, name, '..'), { recursive: true })
    writeFileSync(join(folder, name), JSON.stringify(value))
  }
  for (const each of ['locales', 'db/images']) mkdirSync(join(folder, each), { recursive: true })
  if (briefing.image) {
    const { file, width, height } = briefing.image
    const drawing = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}"/>`
    writeFileSync(join(folder, 'db/images', file), drawing)
  }
  write(`db/briefings/${briefing.slug}.json`, briefing)
  for (const each of translations) write(`locales/${each.locale}/briefings/${briefing.slug}.json`, each)
  const { status, error } = vernacular(site.environment, 'load', folder)
  if (status !== 0) throw new Error(error)
}
