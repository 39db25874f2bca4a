import { partOf } from '../briefings/segments'
import { pathTo, reportPathTo } from '../editions/addresses'
import { nameOf } from '../editions/notice'
import type { Answer } from '../editions/print'
import type { Text } from '../editions/reading'
import { type ReadText, textsOf } from '../editions/texts'
import type { MessageKey, Words } from '../language/catalog'
import { inLanguage, type Locale, markup } from '../language/locale'
import { beginningOf, mendable } from '../language/text'
import type { Site } from '../site'
import { proseOf } from '../translations/checks/prose'
import { memberPage } from '../ui/member-page'
import { Restored, Writer } from '../ui/unsent'
import { type Asked, detailMax, type ReportKind, reportKinds } from './report'

interface ReportPage {
  readonly site: Site
  readonly words: Words
  readonly answer: Answer
}

const kindNames: Readonly<Record<ReportKind, MessageKey>> = {
  meaning: 'report.meaning',
  language: 'report.language',
  untranslated: 'report.untranslated',
  names: 'report.names',
  offensive: 'report.offensive',
  other: 'report.other',
}

/** What was typed before, with the problems, and the person whose form it is, if they are signed in. */
interface ReportForm extends Asked {
  readonly writer: string | undefined
  /** Whether it was sent before, when its writer was not signed in any more. */
  readonly isRestored?: boolean
}

/** Asks which passage of a translation is wrong, and how. */
export function reportPage({ site, words, answer }: ReportPage, asked: ReportForm): string {
  const { t } = words
  const { resolution, reading } = answer
  const { flaw } = asked
  /** What connects a field with its error message. */
  const wrong = (field: string) => (flaw?.field === field ? { 'aria-invalid': 'true', 'aria-describedby': 'flaw' } : {})
  const title = t('report.title')
  return memberPage({
    site,
    words,
    title: flaw ? t('sign-in.title-again', { title }) : title,
    path: linksOf(answer),
    children: (
      <>
        <Back words={words} answer={answer} />
        <p>{t('report.intro')}</p>
        {flaw && (
          <p class="flaw" id="flaw" role="alert">
            {t(flaw.key, flaw.count === undefined ? {} : { count: flaw.count })}
          </p>
        )}
        <form method="post" action={reportPathTo(resolution.asked, reading.slug)} enctype="multipart/form-data">
          {asked.isRestored && <Restored words={words} />}
          <Writer id={asked.writer} />
          <p>
            <label for="segment">{t('report.which')}</label>
            <select id="segment" name="segment" required {...wrong('segment')}>
              <option value="">{t('report.choose')}</option>
              {[...Map.groupBy(textsOf(reading), ({ id }) => partOf(id))].map(([part, texts]) => (
                <Part name={nameOf(part, reading, words)} texts={texts} chosen={asked.segment} around={words.locale} />
              ))}
            </select>
          </p>
          <fieldset {...(flaw?.field === 'kind' ? { 'aria-describedby': 'flaw' } : {})}>
            <legend>{t('report.what')}</legend>
            {reportKinds.map((kind) => (
              <label class="choice">
                <input type="radio" name="kind" value={kind} required checked={asked.kind === kind} />
                {t(kindNames[kind])}
              </label>
            ))}
          </fieldset>
          <p>
            <label for="detail">{t('report.how')}</label>
            <textarea id="detail" name="detail" rows={5} maxlength={detailMax} dir="auto" {...wrong('detail')}>
              {mendable(asked.detail.slice(0, detailMax))}
            </textarea>
          </p>
          <button type="submit">{t('report.send')}</button>
        </form>
      </>
    ),
  })
}

/** Thanks for a report. `isFull`: it was not accepted, because too many are open. */
export const answeredPage = ({ site, words, answer }: ReportPage, isFull: boolean): string =>
  memberPage({
    site,
    words,
    title: words.t(isFull ? 'report.full.title' : 'report.sent.title'),
    path: linksOf(answer),
    children: (
      <>
        <p>{words.t(isFull ? 'report.full.text' : 'report.sent.text')}</p>
        <Back words={words} answer={answer} />
      </>
    ),
  })

const Back = ({ words, answer: { resolution, reading } }: Omit<ReportPage, 'site'>) => (
  <p>
    <a href={pathTo(resolution.asked, reading.slug)}>{words.t('bilingual.back')}</a>
  </p>
)

/** The passages of one part of the page, each by its first words. */
const Part = (part: { name: Text; texts: readonly ReadText[]; chosen: string; around: Locale }) => (
  <optgroup label={part.name.text} {...inLanguage(part.name, part.around)}>
    {part.texts.map(({ id, text }) => (
      <option value={id} {...markup(text.lang)} selected={part.chosen === id}>
        {beginningOf(proseOf(text.html === undefined ? 'plain' : 'markdown', text.text).text, shownMost)}
      </option>
    ))}
  </optgroup>
)

/** How much of a passage is shown to recognise it by, in characters. */
const shownMost = 80

/** The menu of a page that exists for each translation. */
function linksOf({ resolution: { available, asked, source }, reading }: Answer) {
  const listed = available.filter((locale) => locale !== source && locale !== asked)
  return [asked, ...listed].map((locale) => ({ locale, href: reportPathTo(locale, reading.slug), served: locale === asked }))
}
