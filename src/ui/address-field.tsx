import type { MessageKey, Words } from '../language/catalog'
import { Filled } from './filled'

/** No address is longer (RFC 5321, 4.5.3.1). */
const addressMax = 254

/** A field for an email address, with what was typed into it before and the problem with that. Its form has one such field. */
export const AddressField = ({ words, typed = '', flaw }: { words: Words; typed?: string; flaw?: MessageKey | undefined }) => (
  <>
    <p>
      <label for="address">{words.t('sign-in.address')}</label>
      <input
        id="address"
        name="address"
        type="email"
        autocomplete="email"
        dir="ltr"
        required
        maxlength={addressMax}
        value={typed.slice(0, addressMax)}
        {...(flaw ? { 'aria-invalid': 'true', 'aria-describedby': 'flaw' } : {})}
      />
    </p>
    {flaw && (
      <p class="flaw" id="flaw">
        {words.t(flaw)}
      </p>
    )}
  </>
)

/** Says to which address something is sent. */
export const SentTo = ({ words, address }: { words: Words; address: string }) => (
  <p>
    <Filled words={words} message="follow.to" values={{ address: <bdi>{address}</bdi> }} />
  </p>
)
