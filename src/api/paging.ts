/**
 * A page of a list. The list has one item more than the page shows, if there is a next page. Also the slug after which the next
 * page begins.
 */
export function pageOf<Item extends { readonly slug: string }>(
  found: readonly Item[],
  limit: number,
): { readonly listed: readonly Item[]; readonly last: string | undefined } {
  const listed = found.slice(0, limit)
  return { listed, last: found.length > limit ? listed.at(-1)?.slug : undefined }
}

/** The path of the page after a slug, in a list at this path; `undefined` if there is none. */
export function nextAfter(
  path: string,
  query: Readonly<Record<string, string | undefined>>,
  after: string | undefined,
  limit: number,
): string | undefined {
  if (after === undefined) return undefined
  const named = Object.entries(query).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]))
  return `${path}?${new URLSearchParams([...named, ['after', after], ['limit', String(limit)]])}`
}
