import type { BriefingFile } from '../../src/briefings/briefing'
import { findSource } from '../../src/briefings/store'
import { addPerson } from '../../src/members/administer'
import type { RoleName } from '../../src/members/person'
import { briefingContentFrom } from '../../src/newsroom/content-files'
import { type ImportOptions, importPack } from '../../src/newsroom/import'
import { loadOne } from '../../src/newsroom/load'
import { findTranslation } from '../../src/translations/store'
import type { LocaleFile } from '../../src/translations/translation'
import { aBriefing, aTranslation, revised } from './briefings'
import { titleOf } from './html'
import { type Newsroom, type NewsroomOptions, openNewsroom } from './newsroom'
import { readersRowsOf } from './readers-rows'

/** Sends texts of a translation of the harbour, made from the newest English. */
export async function sendTexts(
  { site, database }: Pick<Newsroom, 'site' | 'database'>,
  locale: string,
  texts: Readonly<Record<string, string>>,
  options: ImportOptions = {},
) {
  const sourceRevision = (await findSource(database, 'harbour'))?.revision ?? 1
  const targets = new Map(Object.entries(texts))
  return await importPack(site, { name: 'harbour-closes', source: 'en', locale, sourceRevision, targets }, options)
}

/** The title under which readers of a language have the harbour. */
export const titleIn = async ({ text }: Pick<Newsroom, 'text'>, locale: string) =>
  titleOf(await text(`/${locale}/briefings/harbour-closes`))

/** A site whose readers have a briefing in English, Spanish and Polish. The French is begun. */
export async function openDesk(options: NewsroomOptions = {}) {
  const newsroom = await openNewsroom(options)
  const { site, database } = newsroom
  const briefing = aBriefing({ formerSlugs: ['harbour-old'] })
  const begun = { state: 'draft', segments: { title: '' } } as const
  const translations = [aTranslation(briefing, 'es'), aTranslation(briefing, 'pl'), aTranslation(briefing, 'fr', begun)]
  await newsroom.load({ briefing, translations })
  let standing: BriefingFile = briefing
  return {
    ...newsroom,
    briefing,
    /** Saves another title of the English, as a program does that may not publish, or the whole file. */
    saves: async (title: string, publishes = false) => {
      const at = `2025-04-01T08:${String(standing.revisions.length).padStart(2, '0')}:00Z`
      standing = revised(standing, 'material', at, (each) => ({ ...each, title }))
      return await savesFile(standing, [], publishes)
    },
    savesFile,
    /** Somebody new, in a role. */
    joins: async (name: RoleName, locale: string) => {
      const asking = {
        address: `${name}.${locale}@example.org`,
        locale: 'en',
        tier: 'circle',
        roles: [{ name, locale }],
      } as const
      const person = await addPerson(site, asking, 'a test')
      if (!person) throw new Error(`There is a ${name} already.`)
      return person
    },
    sends: (locale: string, texts: Record<string, string>, options?: ImportOptions) =>
      sendTexts(newsroom, locale, texts, options),
    title: (locale: string) => titleIn(newsroom, locale),
    newest: async (locale: string) => await findTranslation(database, 'harbour', locale),
    /** All that readers are served from. */
    readersRows: () => readersRowsOf(newsroom),
  }

  async function savesFile(file: BriefingFile, files: readonly LocaleFile[], publishes: boolean) {
    const content = briefingContentFrom(file, files, { images: site.images, publishes: true }, site.locales, site.settings)
    if ('problems' in content) throw new Error(JSON.stringify(content.problems))
    return await loadOne(site, content, { publishes })
  }
}
