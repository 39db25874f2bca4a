import type { Words } from '../language/catalog'
import { inLanguage, type Locale } from '../language/locale'
import { isJoinable, pathToJoin } from '../members/membership'
import { lockedBy, tierName, titleToJoin } from '../members/tier-words'
import type { SiteTier } from '../settings/settings'
import { OrganisationName, Passage } from './parts'
import type { LinkedOrganisations, Reading, Section } from './reading'

interface Told {
  readonly words: Words
  readonly tiers: readonly SiteTier[]
}

/** Sections for members. Others see the heading, how to open it, and how much text there is. */
export const Members = ({ reading, words, tiers }: { reading: Reading } & Told) => {
  const { locale, sections, linkedOrganisations: linked } = reading
  if (sections.length + linked.count === 0) return null
  return (
    <section class="members" id="members">
      <h2>{words.t('briefing.members')}</h2>
      {sections.map((section) => (
        <MemberSection section={section} words={words} tiers={tiers} locale={locale} />
      ))}
      <Linked linked={linked} words={words} tiers={tiers} locale={locale} />
    </section>
  )
}

const MemberSection = ({ section, words, tiers, locale }: { section: Section; locale: Locale } & Told) => (
  <section id={`sections.${section.id}`} class={section.locked ? 'locked' : undefined}>
    <p class="tier">{tierName(words, section.access)}</p>
    <h3 {...inLanguage(section.heading, locale)}>{section.heading.text}</h3>
    {section.locked ? (
      <p>
        <Condition access={section.access} words={words} tiers={tiers} />
        <span>{words.t('locked.words', { count: section.words })}</span>
      </p>
    ) : (
      <Passage text={section.text} words={words} locale={locale} heading={section.heading.text} level={4} />
    )}
  </section>
)

const Linked = ({ linked, words, tiers, locale }: { linked: LinkedOrganisations; locale: Locale } & Told) => {
  if (linked.count === 0) return null
  return (
    <section id="linkedOrganisations" class={linked.locked ? 'locked' : undefined}>
      <p class="tier">{tierName(words, linked.access)}</p>
      <h3>{words.t('briefing.linked')}</h3>
      {linked.locked ? (
        <p>
          <Condition access={linked.access} words={words} tiers={tiers} />
          <span>{words.t('locked.notes', { count: linked.count })}</span>
        </p>
      ) : (
        <dl>
          {linked.notes.map(({ name, note }) => (
            <div>
              <dt>
                <OrganisationName name={name} words={words} />
              </dt>
              <dd {...inLanguage(note, locale)}>{note.text}</dd>
            </div>
          ))}
        </dl>
      )}
    </section>
  )
}

/** How to open it. The link is the same on every page; it leads to the language of the page on which it is followed. */
const Condition = ({ access, words, tiers }: { access: Section['access'] } & Told) => {
  const tier = tiers.find(({ id }) => id === access)
  return tier ? (
    <>
      <span>{lockedBy(words, tier)}</span>
      {isJoinable(tier) && <a href={pathToJoin(access)}>{titleToJoin(words, tier)}</a>}
    </>
  ) : null
}
