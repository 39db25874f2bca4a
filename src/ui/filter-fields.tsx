import type { MessageKey, Words } from '../language/catalog'
import { asEntry } from '../language/text'
import type { Site } from '../site'

type ChoiceName = 'category' | 'domain' | 'impact' | 'region' | 'standing'
type Filter = { readonly [name in ChoiceName]?: string } & { readonly only?: boolean }

/** What can be chosen: words that the site has and briefings use, in the site's order, and regions. */
export type Choices = Readonly<Record<'category' | 'domain' | 'impact' | 'region', readonly string[]>>

/** The words that are used, in the order of the site's lists. Of regions there is no list. */
export const choicesIn = ({ settings: { vocabulary } }: Pick<Site, 'settings'>, used: Choices): Choices => {
  const inOrder = (list: 'category' | 'domain' | 'impact') => vocabulary[list].filter((word) => used[list].includes(word))
  return { category: inOrder('category'), domain: inOrder('domain'), impact: inOrder('impact'), region: used.region }
}

interface FilterFieldsProps {
  readonly words: Words
  readonly filter: Filter
  readonly choices: Choices
  /** The standings that can be chosen: none in the source language, where each briefing is current. */
  readonly standings: readonly string[]
}

/** The filters of a list of briefings, as the fields of a form. A filter with nothing to choose is not there. */
export const FilterFields = ({ words, filter, choices, standings }: FilterFieldsProps) => {
  const { t, named } = words
  const regions = choices.region.map((code) => [code, asEntry(words.region(code), words.locale)] as const)
  return (
    <>
      {(['category', 'domain', 'impact'] as const).map((list) => (
        <Choice
          name={list}
          label={t(`fact.${list}`)}
          filter={filter}
          words={words}
          options={choices[list].map((word) => [word, named(`${list}.${word}`)] as const)}
        />
      ))}
      <Choice name="region" label={t('fact.region')} filter={filter} words={words} options={regions} />
      <Choice
        name="standing"
        label={t('standing.label')}
        filter={filter}
        words={words}
        options={standings.map((standing) => [standing, t(`standing.${standing}` as MessageKey)] as const)}
      />
      <label class="toggle">
        <input type="checkbox" name="only" value={words.locale} checked={filter.only} />
        {t('index.only-native')}
      </label>
    </>
  )
}

type Options = readonly (readonly [value: string, name: string])[]

interface ChoiceProps {
  readonly name: ChoiceName
  readonly label: string
  readonly filter: Filter
  readonly words: Words
  readonly options: Options
}

const Choice = ({ name, label, filter, words, options }: ChoiceProps) =>
  options.length === 0 ? null : (
    <label>
      {label}
      <select name={name}>
        <option value="">{words.t(`any.${name}`)}</option>
        {options.map(([value, text]) => (
          <option value={value} selected={filter[name] === value}>
            {text}
          </option>
        ))}
      </select>
    </label>
  )
