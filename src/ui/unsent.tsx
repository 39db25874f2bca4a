import type { Words } from '../language/catalog'
import type { Site } from '../site'
import { Lines } from './lines'
import { memberPage } from './member-page'

interface Unsent {
  readonly site: Site
  readonly words: Words
  /** Where to sign in and come back to the form: the path below the locale. */
  readonly signIn: string
  /** What was written, field by field. */
  readonly texts: readonly string[]
  /** Whether it will be in the form again. */
  readonly isKept: boolean
}

/** Asks somebody to sign in who sent a form without being signed in any more. It shows what they wrote, so that nothing is lost. */
export const unsentPage = ({ site, words, signIn, texts, isKept }: Unsent): string =>
  memberPage({
    site,
    words,
    title: words.t('unsent.title'),
    path: signIn,
    children: (
      <>
        <p role="alert">{words.t(isKept ? 'unsent.kept' : 'unsent.not-kept')}</p>
        <p>
          <a class="button" href={`/${words.locale}/${signIn}`}>
            {words.t('sign-in.title')}
          </a>
        </p>
        <h2>{words.t('unsent.written')}</h2>
        {texts
          .filter((text) => text !== '')
          .map((text) => (
            <p lang="">
              <Lines text={text} />
            </p>
          ))}
      </>
    ),
  })

/** Stands over a form that has again what could not be sent from it. */
export const Restored = ({ words }: { readonly words: Words }) => (
  <p class="state" role="status">
    {words.t('unsent.restored')}
  </p>
)

/** Says for whom a form was made, so that nothing is sent as somebody else. */
export const Writer = ({ id }: { readonly id: string | undefined }) =>
  id === undefined ? null : <input type="hidden" name="writer" value={id} />
