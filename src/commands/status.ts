import { defineCommand } from 'citty'
import { openLocales } from '../language/locale'
import { type StatusLine, statusAfter } from '../status'
import { asJson, say, targetOf, where, withSite } from './open'

const briefingsAtOnce = 50

/** Where each translation stands: a table locale × briefing, or the segments of one locale. */
export const statusCommand = defineCommand({
  meta: {
    name: 'status',
    description: 'Where each translation stands: coverage, outdated segments, words to do, demand (fallback views)',
  },
  args: {
    locale: { type: 'string', description: 'Only this language, with the segments that ask for work' },
    ...where,
    ...asJson,
  },
  run: ({ args }) =>
    withSite(args.edge as string | undefined, async (site) => {
      const { locales } = site
      const targets = args.locale ? [targetOf(site, args.locale)] : openLocales(locales).filter((tag) => tag !== locales.source)
      const all: StatusLine[] = []
      for (let after: string | undefined = ''; after !== undefined; ) {
        const page = await statusAfter(site, targets, after, briefingsAtOnce)
        all.push(...page.rows)
        after = page.next
      }
      if (args.json) say(JSON.stringify(all))
      else for (const line of table(all, args.locale !== undefined)) say(line)
    }),
})

function table(all: readonly StatusLine[], withSegments: boolean): readonly string[] {
  const width = Math.max(8, ...all.map(({ slug }) => slug.length))
  const head = `${'briefing'.padEnd(width)}  locale   state      done  outdated  words to do  demand`
  return [
    head,
    ...all.flatMap(({ slug, locale, state, coverage, behind, missing, words, demand }) => [
      [
        slug.padEnd(width),
        locale.padEnd(7),
        state.padEnd(9),
        `${Math.floor(coverage * 100)}%`.padStart(4),
        String(behind.material.length).padStart(8),
        String(words).padStart(11),
        String(demand).padStart(6),
      ].join('  '),
      ...(withSegments && state !== 'none'
        ? [...behind.material.map((id) => `  outdated  ${id}`), ...missing.map((id) => `  missing   ${id}`)]
        : []),
    ]),
  ]
}
