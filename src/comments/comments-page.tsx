import { commentsPathTo, pathTo } from '../editions/addresses'
import type { Reading } from '../editions/reading'
import type { Words } from '../language/catalog'
import { inLanguage } from '../language/locale'
import { mendable } from '../language/text'
import { pathToSignIn } from '../members/session'
import type { Site } from '../site'
import { everyLanguage } from '../ui/layout'
import { Lines } from '../ui/lines'
import { memberPage } from '../ui/member-page'
import { Restored, Writer } from '../ui/unsent'
import { type Asked, nameMax, type ShownComment, textMax } from './comment'

interface AboutBriefing {
  readonly site: Site
  readonly words: Words
  readonly reading: Reading
}

interface CommentsPage extends AboutBriefing {
  readonly comments: readonly ShownComment[]
  /** The number of the comment after which the list continues; `undefined` if it does not. */
  readonly next: number | undefined
  /** The form; `undefined` if nobody is signed in who could write. */
  readonly form: CommentForm | undefined
}

/** What was typed before, and the person whose form it is. */
export interface CommentForm extends Asked {
  readonly writer: string
  /** Whether it was sent before, when its writer was not signed in any more. */
  readonly isRestored?: boolean
}

/** Comments on a briefing that an editor accepted, and a form to write one. */
export function commentsPage({ site, words, reading, comments, next, form }: CommentsPage): string {
  const { t } = words
  const path = commentsPathTo(words.locale, reading.slug)
  const title = t('comment.title')
  return memberPage({
    site,
    words,
    title: form?.flaw ? t('sign-in.title-again', { title }) : title,
    path: everyLanguage(site, words.locale, `briefings/${reading.slug}/comments`),
    children: (
      <>
        <p>
          <a href={pathTo(words.locale, reading.slug)} {...inLanguage(reading.title, words.locale)}>
            {reading.title.text}
          </a>
        </p>
        {comments.length === 0 ? (
          <p>{t('comment.none')}</p>
        ) : (
          <ol class="comments">
            {comments.map((comment) => (
              <Said comment={comment} words={words} />
            ))}
          </ol>
        )}
        {next !== undefined && (
          <p>
            <a href={`${path}?after=${next}`} rel="next">
              {t('comment.more')}
            </a>
          </p>
        )}
        <h2 id="write">{t('comment.write')}</h2>
        <p>{t('comment.rule')}</p>
        {form ? (
          <Form words={words} path={path} form={form} />
        ) : (
          <p>
            <a href={pathToSignIn(words.locale, path)}>{t('comment.sign-in')}</a>
          </p>
        )}
      </>
    ),
  })
}

const Said = ({ comment: { number, name, text, sentAt }, words }: { comment: ShownComment; words: Words }) => (
  <li id={`comment-${number}`}>
    <p class="by">
      <bdi>{name === '' ? words.t('comment.reader') : name}</bdi> <time datetime={sentAt}>{words.date(sentAt)}</time>
    </p>
    <p class="said" lang="">
      <Lines text={text} />
    </p>
  </li>
)

const Form = ({ words, path, form }: { words: Words; path: string; form: CommentForm }) => {
  const { t } = words
  const { name, text, flaw, writer, isRestored } = form
  const wrong = (field: string) => (flaw?.field === field ? { 'aria-invalid': 'true', 'aria-describedby': 'flaw' } : {})
  return (
    <form method="post" action={path} enctype="multipart/form-data">
      {isRestored && <Restored words={words} />}
      <Writer id={writer} />
      {flaw && (
        <p class="flaw" id="flaw" role="alert">
          {t(flaw.key, flaw.count === undefined ? {} : { count: flaw.count })}
        </p>
      )}
      <p>
        <label for="name">{t('comment.name')}</label>
        <input
          id="name"
          name="name"
          maxlength={nameMax}
          dir="auto"
          autocomplete="nickname"
          value={mendable(name.slice(0, nameMax))}
          {...wrong('name')}
        />
      </p>
      <p>
        <label for="text-of-comment">{t('comment.text')}</label>
        <textarea id="text-of-comment" name="text" rows={8} maxlength={textMax} dir="auto" required {...wrong('text')}>
          {mendable(text.slice(0, textMax))}
        </textarea>
      </p>
      <button type="submit">{t('comment.send')}</button>
    </form>
  )
}

/**
 * Says that a comment waits for the editors. `isFull`: it was not accepted, because too many of its author's comments are
 * waiting.
 */
export const heldPage = ({ site, words, reading }: AboutBriefing, isFull: boolean): string =>
  memberPage({
    site,
    words,
    title: words.t(isFull ? 'comment.full.title' : 'comment.sent.title'),
    path: everyLanguage(site, words.locale, `briefings/${reading.slug}/comments`),
    children: (
      <>
        <p>{words.t(isFull ? 'comment.full.text' : 'comment.sent.text')}</p>
        <p>
          <a href={pathTo(words.locale, reading.slug)}>{words.t('bilingual.back')}</a>
        </p>
      </>
    ),
  })
