/** Fields of which some may be `undefined`, without those. */
export type Given<Fields> = {
  [Name in keyof Fields as undefined extends Fields[Name] ? never : Name]: Fields[Name]
} & { [Name in keyof Fields as undefined extends Fields[Name] ? Name : never]?: Exclude<Fields[Name], undefined> }

/** The fields that have a value, in their order. */
export const given = <Fields extends object>(fields: Fields): Given<Fields> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Given<Fields>

/** Fields without those of these names that are empty. A list is empty without items, and what is counted without any. */
export const unlessEmpty = <Fields extends object, Name extends keyof Fields & string>(
  fields: Fields,
  names: readonly Name[],
): Omit<Fields, Name> & { readonly [Each in Name]?: Fields[Each] } =>
  Object.fromEntries(
    Object.entries(fields).filter(([name, value]) => !((names as readonly string[]).includes(name) && isEmpty(value))),
  ) as Omit<Fields, Name> & { readonly [Each in Name]?: Fields[Each] }

const isEmpty = (value: unknown) =>
  Array.isArray(value) ? value.length === 0 : typeof value === 'object' && value !== null && 'count' in value && value.count === 0
