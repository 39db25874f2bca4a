import { rangesOf } from '../briefings/confidence'
import type { Words } from '../language/catalog'
import type { Site } from '../site'
import type { LanguageLink } from '../ui/layout'
import { plainPage } from './head'

/** What the grades of confidence mean. */
export function confidencePage(site: Site, words: Words, links: readonly LanguageLink[]): string {
  const { t } = words
  return plainPage({
    site,
    words,
    title: t('confidence.title'),
    description: t('confidence.intro'),
    path: 'confidence',
    links,
    children: (
      <article class="plain">
        <h1>{t('confidence.title')}</h1>
        <p>{t('confidence.intro')}</p>
        <GradeTable site={site} words={words} />
      </article>
    ),
  })
}

/** The table of grades in percent. If it is about one briefing, its row is marked. */
export const GradeTable = ({ site, words, grade }: { site: Site; words: Words; grade?: string }) => {
  const { t } = words
  const grades = rangesOf(site.settings.confidence?.grades ?? [])
  const hasLetters = grades.some(({ letters }) => letters !== undefined)
  return (
    <table class="grades">
      <caption>{t('confidence.table')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('confidence.score')}</th>
          {hasLetters && <th scope="col">{t('confidence.letters')}</th>}
          <th scope="col">{t('confidence.words')}</th>
        </tr>
      </thead>
      <tbody>
        {grades.map(({ id, letters, from, to }) => (
          <tr class={id === grade ? 'this' : undefined}>
            <td>
              <bdi>{words.percentRange(from, to)}</bdi>
            </td>
            {hasLetters && <td>{letters}</td>}
            <td>
              {words.named(`grade.${id}`)}
              {id === grade && <span class="served">{t('confidence.this-one')}</span>}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
