import type { Words } from '../language/catalog'
import type { Site } from '../site'

/** The purpose of a passkey button. Its script shows it if the browser supports passkeys. */
interface Doing {
  readonly site: Site
  readonly words: Words
  readonly kind: 'add' | 'sign-in'
  readonly next?: string
}

/** A button that adds a passkey, or signs in with one. */
export const PasskeyButton = ({ site, words, kind, next }: Doing) => {
  const path = kind === 'add' ? `/${words.locale}/account/passkeys` : `/${words.locale}/sign-in/passkey`
  return (
    <div data-passkey={kind} data-options={`${path}/options`} data-answer={path} data-next={next} hidden>
      <button type="button" class={kind === 'add' ? undefined : 'quiet'}>
        {words.t(`passkey.${kind}`)}
      </button>
      <p role="status" class="flaw" data-failed={words.t(`passkey.${kind}-failed`)}></p>
      <script src={site.asset('passkey.js')} type="module"></script>
    </div>
  )
}
