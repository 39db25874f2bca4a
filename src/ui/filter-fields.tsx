import { vocabulary } from '../briefings/own-decisions'
import type { MessageKey, Words } from '../language/catalog'
import { asEntry } from '../language/text'

type ChoiceName = 'category' | 'domain' | 'impact' | 'region' | 'standing'
type Filter = { readonly [name in ChoiceName]?: string } & { readonly only?: boolean }

interface FilterFieldsProps {
  readonly words: Words
  readonly filter: Filter
  /** The regions that can be chosen. */
  readonly regions: readonly string[]
  /** The standings that can be chosen: none in the source language, where each briefing is current. */
  readonly standings: readonly string[]
}

/** The filters of a list of briefings, as the fields of a form. */
export const FilterFields = ({ words, filter, regions, standings }: FilterFieldsProps) => {
  const { t } = words
  return (
    <>
      <Choice name="category" label={t('fact.category')} filter={filter} words={words} options={optionsIn('category', words)} />
      <Choice name="domain" label={t('fact.domain')} filter={filter} words={words} options={optionsIn('domain', words)} />
      <Choice name="impact" label={t('fact.impact')} filter={filter} words={words} options={optionsIn('impact', words)} />
      <Choice
        name="region"
        label={t('fact.region')}
        filter={filter}
        words={words}
        options={regions.map((code) => [code, asEntry(words.region(code), words.locale)] as const)}
      />
      {standings.length > 0 && (
        <Choice
          name="standing"
          label={t('standing.label')}
          filter={filter}
          words={words}
          options={standings.map((standing) => [standing, t(`standing.${standing}` as MessageKey)] as const)}
        />
      )}
      <label class="toggle">
        <input type="checkbox" name="only" value={words.locale} checked={filter.only} />
        {t('index.only-native')}
      </label>
    </>
  )
}

type Options = readonly (readonly [value: string, name: string])[]

const optionsIn = <List extends 'category' | 'domain' | 'impact'>(list: List, { named }: Words): Options =>
  vocabulary[list].map((word) => [word, named(`${list}.${word}`)] as const)

interface ChoiceProps {
  readonly name: ChoiceName
  readonly label: string
  readonly filter: Filter
  readonly words: Words
  readonly options: Options
}

const Choice = ({ name, label, filter, words, options }: ChoiceProps) => (
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
