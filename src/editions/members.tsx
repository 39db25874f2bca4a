import type { Words } from '../language/catalog'
import { inLanguage, type Locale } from '../language/locale'
import { pathToJoin, titlesToJoin } from '../members/membership'
import { OrganisationName, Passage } from './parts'
import type { LinkedOrganisations, Reading, Section } from './reading'

/** Sections for members. Others see the heading, how to open it, and how much text there is. */
export const Members = ({ reading, words }: { reading: Reading; words: Words }) => {
  const { locale, sections, linkedOrganisations: linked } = reading
  if (sections.length + linked.count === 0) return null
  return (
    <section class="members" id="members">
      <h2>{words.t('briefing.members')}</h2>
      {sections.map((section) => (
        <MemberSection section={section} words={words} locale={locale} />
      ))}
      <Linked linked={linked} words={words} locale={locale} />
    </section>
  )
}

const MemberSection = ({ section, words, locale }: { section: Section; words: Words; locale: Locale }) => (
  <section id={`sections.${section.id}`} class={section.locked ? 'locked' : undefined}>
    <p class="tier">{words.t(`tier.${section.access}`)}</p>
    <h3 {...inLanguage(section.heading, locale)}>{section.heading.text}</h3>
    {section.locked ? (
      <p>
        <Condition access={section.access} words={words} />
        <span>{words.t('locked.words', { count: section.words })}</span>
      </p>
    ) : (
      <Passage text={section.text} words={words} locale={locale} heading={section.heading.text} level={4} />
    )}
  </section>
)

const Linked = ({ linked, words, locale }: { linked: LinkedOrganisations; words: Words; locale: Locale }) => {
  if (linked.count === 0) return null
  return (
    <section id="linkedOrganisations" class={linked.locked ? 'locked' : undefined}>
      <p class="tier">{words.t(`tier.${linked.access}`)}</p>
      <h3>{words.t('briefing.linked')}</h3>
      {linked.locked ? (
        <p>
          <Condition access={linked.access} words={words} />
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
const Condition = ({ access, words }: { access: Section['access']; words: Words }) =>
  access === 'public' ? null : (
    <>
      <span>{words.t(`locked.${access}`)}</span>
      <a href={pathToJoin(access)}>{words.t(titlesToJoin[access])}</a>
    </>
  )
