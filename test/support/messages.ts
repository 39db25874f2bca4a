import { type MessageFormatElement, parse, TYPE } from '@formatjs/icu-messageformat-parser'

/** How a message uses a value: as words, as a number, or to choose between branches. */
type Use = 'words' | 'number' | 'choice'

/** The values that a message is filled in with, by name. */
export function valuesOf(message: string): ReadonlyMap<string, Use> {
  const uses = new Map<string, Use>()
  const visit = (elements: readonly MessageFormatElement[]): void => {
    for (const element of elements) {
      if (element.type === TYPE.literal || element.type === TYPE.pound || element.type === TYPE.tag) continue
      uses.set(element.value, useOf(element))
      if (element.type === TYPE.plural || element.type === TYPE.select) {
        for (const { value } of Object.values(element.options)) visit(value)
      }
    }
  }
  visit(parse(message, { ignoreTag: true, requiresOtherClause: true }))
  return uses
}

function useOf(element: MessageFormatElement): Use {
  if (element.type === TYPE.number) return 'number'
  if (element.type !== TYPE.plural) return element.type === TYPE.select ? 'choice' : 'words'
  const isSaid = Object.values(element.options).some(({ value }) => value.some(({ type }) => type === TYPE.pound))
  return isSaid ? 'number' : 'choice'
}
