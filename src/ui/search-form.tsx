import type { Child } from 'hono/jsx'
import type { Words } from '../language/catalog'

interface SearchFormProps {
  readonly words: Words
  /** What was typed before. */
  readonly typed?: string
  readonly children?: Child
}

/** Asks for search words; works without a script. `children` are further fields. */
export const SearchForm = ({ words, typed = '', children }: SearchFormProps) => {
  const { t } = words
  return (
    <search>
      <form class="search" method="get" action={`/${words.locale}/search`}>
        <label for="q">{t('search.label')}</label>
        <span class="asking">
          <input id="q" name="q" type="search" dir="auto" maxlength={200} autocomplete="off" value={typed} />
          <button type="submit">{t('search.button')}</button>
        </span>
        {children}
      </form>
    </search>
  )
}
