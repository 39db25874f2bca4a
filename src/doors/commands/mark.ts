import { readFileSync } from 'node:fs'
import { isProblems, unfit } from '../../briefings/files'
import type { Catalog } from '../../language/catalog'
import { Refusal } from '../../problem'
import { noRecords } from '../../translations/authorship'
import { catalogNames } from '../../translations/catalog-pack'
import { withMarks } from '../../translations/marks'
import { root } from '../checkout'
import { command } from '../command'
import { asJson, say } from '../report'
import { catalogIn, readWords } from '../words'
import { writeMarks } from './catalogs'
import { withFiles } from './files'
import { trial } from './open'

/** Marks messages as outdated in every language that has translated them. Their English has then changed in substance. */
export const markCommand = command({
  name: 'mark',
  about: 'Mark messages whose English has changed in substance, so that each language looks at them again',
  options: { ...trial },
  positionals: {
    file: { required: true, about: 'A JSON file with the English from before, such as the earlier locales/en/site.json' },
    keys: {
      multiple: true,
      about: 'Messages by their keys (default: each message in the file whose English is different today)',
    },
  },
  example: 'earlier.json',
  run({ file, keys, json, 'dry-run': isTrial }) {
    const { problems, locales, catalogs, newsroom, records } = readWords(root)
    if (problems.length > 0) throw unfit(problems)
    const earlier = catalogIn(
      file,
      withFiles(() => readFileSync(file)),
    )
    if (isProblems(earlier)) throw unfit(earlier)
    const words = { site: catalogs, newsroom }
    const today = { ...catalogs[locales.source], ...newsroom[locales.source] }
    const before = keys.length === 0 ? earlier : named(keys, earlier, today, file)

    const languages = locales.locales
      .filter(({ tag }) => tag !== locales.source)
      .map(({ tag: locale }) => {
        const marked = catalogNames.flatMap((name) => {
          const { outdated } = (records.get(locale) ?? noRecords)[name]
          const [english = {}, catalog = {}] = [locales.source, locale].map((tag) => words[name][tag])
          const marks = withMarks({ english, catalog, outdated }, before)
          if (!isTrial) writeMarks(locale, name, marks)
          return Object.keys(marks).filter((key) => !Object.hasOwn(outdated, key))
        })
        return { locale, marked }
      })
    if (json) return void say(asJson(languages))
    for (const { locale, marked } of languages) say(`${locale}: ${marked.length === 0 ? 'nothing new' : marked.join(', ')}`)
    if (isTrial) say('Dry run: nothing was saved.')
  },
})

/** The English from before of these messages. Throws if one is not in the file or not in today's catalogs, or has not changed. */
function named(keys: readonly string[], earlier: Catalog, today: Catalog, file: string): Catalog {
  return Object.fromEntries(
    keys.map((key) => {
      const was = Object.hasOwn(earlier, key) ? earlier[key] : undefined
      if (was === undefined || !Object.hasOwn(today, key)) throw new Refusal('mark.unknown', { key, file })
      if (was === today[key]) throw new Refusal('mark.same', { key })
      return [key, was] as const
    }),
  )
}
