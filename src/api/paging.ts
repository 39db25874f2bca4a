/** A page of what was found, of which one more was asked for than it shows; and the slug that the next begins after. */
export function pageOf<Item extends { readonly slug: string }>(
  found: readonly Item[],
  limit: number,
): { readonly listed: readonly Item[]; readonly last: string | undefined } {
  const listed = found.slice(0, limit)
  return { listed, last: found.length > limit ? listed.at(-1)?.slug : undefined }
}

/** Where the page after a slug is, of a list at this path; `undefined` where there is none. */
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
