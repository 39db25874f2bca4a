type Fields = Readonly<Record<string, unknown>>

/**
 * What stood before, as far as it differs from what stands now: of an object, the fields that differ. Of a list whose items have ids, its
 * former order, with whole items for those that are gone. Of anything else, all that it was. `null`: there was no such field.
 */
export function pastOf(before: Fields, after: Fields): Fields {
  const fields = [...new Set([...Object.keys(before), ...Object.keys(after)])]
  return Object.fromEntries(
    fields.filter((key) => !isSame(before[key], after[key])).map((key) => [key, pastOfValue(before[key], after[key])]),
  )
}

function pastOfValue(before: unknown, after: unknown): unknown {
  if (before === undefined) return null
  if (isItems(before) && isItems(after)) {
    const items = new Map(after.map((item) => [item.id, item]))
    return before.map((item) => {
      const later = items.get(item.id)
      return later ? { id: item.id, ...pastOf(item, later) } : item
    })
  }
  return isFields(before) && isFields(after) ? pastOf(before, after) : before
}

/** What stood before, from what stands now and what `pastOf` says. */
export function restored(after: Fields, past: Fields): Fields {
  const values = Object.entries(past).map(([key, value]) => [key, restoredValue(after[key], value)] as const)
  const gone = new Set(values.filter(([, value]) => value === null).map(([key]) => key))
  return Object.fromEntries([...Object.entries(after), ...values].filter(([key]) => !gone.has(key)))
}

function restoredValue(after: unknown, past: unknown): unknown {
  if (isItems(past) && isItems(after)) {
    const items = new Map(after.map((item) => [item.id, item]))
    return past.map((item) => restored(items.get(item.id) ?? {}, item))
  }
  return isFields(past) && isFields(after) ? restored(after, past) : past
}

const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value)

/** Whether a value is a list of items with ids of their own. */
const isItems = (value: unknown): value is readonly (Fields & { readonly id: string })[] =>
  Array.isArray(value) && value.every((item) => isFields(item) && typeof item['id'] === 'string')

/** Whether two values from JSON are the same, whatever the order of their fields. */
export function isSame(one: unknown, other: unknown): boolean {
  if (Array.isArray(one) && Array.isArray(other)) {
    return one.length === other.length && one.every((item, index) => isSame(item, other[index]))
  }
  if (!isFields(one) || !isFields(other)) return one === other
  const keys = Object.keys(one)
  return (
    keys.length === Object.keys(other).length && keys.every((key) => Object.hasOwn(other, key) && isSame(one[key], other[key]))
  )
}
