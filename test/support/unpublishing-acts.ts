import * as fc from 'fast-check'
import type { BriefingFile } from '../../src/briefings/briefing'
import { confirmTranslation } from '../../src/newsroom/confirm'
import { importPack } from '../../src/newsroom/import'
import { draftBriefing } from '../../src/newsroom/machine-drafts'
import { publish, takeBack, withdraw } from '../../src/newsroom/publish'
import { publishDue } from '../../src/newsroom/publish-due'
import { Refusal } from '../../src/problem'
import { provenances, translationStates } from '../../src/translations/vocabulary'
import { aTranslation, revised } from './briefings'
import type { Desks } from './desks'
import { aMachine } from './machines'

/** What people and programs do that is no publication, or that is refused them because it would be one. */
export interface Act {
  readonly what: (typeof kinds)[number]
  readonly slug: string
  readonly locale: string
  readonly segment: string
  /** Each has the mark of what no reader may see. */
  readonly word: string
  readonly state: (typeof translationStates)[number]
  readonly provenance: (typeof provenances)[number]
  readonly isTrial: boolean
}

/** The word that stands in everything that is saved by an act. */
export const mark = 'Unpublished'

const kinds = [
  ...['import', 'import', 'review', 'return', 'import-without-right', 'confirm', 'machine-draft', 'print', 'trials', 'schedule'],
  ...['load-draft', 'load-old', 'put-translation', 'put-translation', 'put-source', 'put-source', 'move-source', 'pack'],
  ...['ask-to-publish', 'read'],
] as const

/** Each of them once in each state, on what readers have. */
export const eachAct: readonly Act[] = [...new Set(kinds)].flatMap((what) =>
  translationStates.map((state) => ({
    ...{ what, state, slug: 'harbour-closes', locale: 'es', segment: 'title', word: `${mark} at first` },
    ...{ provenance: 'human' as const, isTrial: false },
  })),
)

export const anAct: fc.Arbitrary<Act> = fc.record({
  what: fc.constantFrom(...kinds),
  slug: fc.constantFrom('harbour-closes', 'harbour-closes', 'lighthouse-dark', 'ferry-gone', 'quiet'),
  locale: fc.constantFrom('es', 'pl', 'fr'),
  segment: fc.constantFrom('title', 'summary', 'topic', 'body.closure', 'keyPoints.duration'),
  word: fc.constantFrom('one', 'two', 'three').map((each) => `${mark} ${each}`),
  state: fc.constantFrom(...translationStates),
  provenance: fc.constantFrom(...provenances),
  isTrial: fc.boolean(),
})

/** Does it, as whoever does it would. Only refusals may end it. */
export async function carryOut(desks: Desks, act: Act): Promise<'done' | 'refused'> {
  try {
    return (await doIt(desks, act)) === false ? 'refused' : 'done'
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return 'refused'
  }
}

async function doIt(desks: Desks, act: Act): Promise<unknown> {
  const { site, translator, reviewer } = desks
  const { what, slug, locale, segment, word, state, isTrial } = act
  const by = { actor: 'a test', person: translator }
  const standing = { sourceRevision: await desks.revisionOf(slug), revision: await desks.revisionOf(slug, locale) }
  const sent = { name: slug, source: 'en', locale, ...standing, targets: new Map([[segment, word]]) }
  switch (what) {
    case 'import':
      return await importPack(site, sent, { isTrial })
    case 'review':
      return await importPack(site, sent, { state: 'in-review', person: isWithdrawn(act) ? translator : reviewer })
    case 'return':
      return await importPack(site, { ...sent, targets: new Map() }, { state: 'draft', person: translator })
    case 'import-without-right':
      return await importPack(site, sent, { state, provenance: provenanceIn(act), person: translator })
    case 'confirm':
      return await confirmTranslation(site, slug, locale, [], 'Ada')
    case 'machine-draft':
      return await draftBriefing(site, aMachine({ answer: () => word }), slug, isTrial ? 'ar' : locale, { withGated: true })
    case 'schedule':
      return await publish(site, slug, isTrial ? ['en'] : ['en', locale], { actor: 'a test' }, { at: '2026-06-01T08:00:00Z' })
    case 'print':
      await publishDue(site, 10)
      return await desks.printWaiting()
    case 'trials':
      await publish(site, slug, ['en', locale], { actor: 'a test' }, { isTrial: true }).catch(refused)
      await withdraw(site, slug, locale, { actor: 'a test' }, { isTrial: true }).catch(refused)
      await takeBack(site, slug, by, { why: word }).catch(refused)
      return await publish(site, slug, ['en', 'es', 'pl'], by)
    default:
      return await doByProgram(desks, act)
  }
}

/** What programs do, over the API, and what is loaded from files. */
async function doByProgram(desks: Desks, act: Act): Promise<boolean> {
  const { what, slug, locale, segment, word, state, isTrial } = act
  const { briefing, etag } = await desks.sourceOf(slug)
  const publish = isTrial ? '?publish=true' : ''
  const translation = {
    ...aTranslation(briefing, locale, { state, provenance: provenanceIn(act), credits: [word], segments: { [segment]: word } }),
    sourceRevision: briefing.revisions.length,
  }
  switch (what) {
    case 'load-draft':
      return await desks.loads(
        { ...renamed(briefing, word), state: 'draft' },
        isTrial && !isWithdrawn(act) ? [{ ...translation, state: 'in-review' }] : [],
      )
    case 'load-old':
      return await desks.loadsAgain()
    case 'put-translation':
      return await desks.putTranslation(translation, slug, publish)
    case 'put-source':
      return await desks.putSource(renamed({ ...briefing, state: 'published' }, word), [translation], etag, publish)
    case 'move-source': {
      const moved = { ...briefing, slug: `${slug}-moved`, formerSlugs: [...briefing.formerSlugs, slug] }
      const redated = { ...briefing, publishedAt: '2025-02-01T08:00:00Z' }
      return await desks.putSource(isTrial ? moved : redated, [], etag, '')
    }
    case 'pack':
      return await desks.sends(slug, JSON.stringify(translation), publish === '' ? '' : '&publish=true')
    case 'ask-to-publish':
      return await desks.asksToPublish(slug, locale, word)
    default:
      return await desks.reads(slug, locale)
  }
}

/**
 * Where readers have no translation, they are told whether one is under way. That changes with the work and is no publication: so a person's
 * work stays a person's there.
 */
const provenanceIn = (act: Act) => (act.locale === 'fr' || isWithdrawn(act) ? ('human' as const) : act.provenance)

/** Whoever may publish may end a withdrawal, so it is left alone by them here. */
const isWithdrawn = ({ slug, locale }: Act) => slug === 'lighthouse-dark' && locale === 'es'

function refused(error: unknown): void {
  if (!(error instanceof Refusal)) throw error
}

/** One revision more, of which only the title is new. */
function renamed(briefing: BriefingFile, title: string): BriefingFile {
  const minutes = briefing.revisions.length
  const at = new Date(Date.parse('2025-04-01T08:00:00Z') + minutes * 60_000).toISOString().replace('.000Z', 'Z')
  return revised(briefing, minutes % 2 === 0 ? 'minor' : 'material', at, (each) => ({ ...each, title: `${title} ${minutes}` }))
}
