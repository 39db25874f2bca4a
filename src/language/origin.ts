/** Whether a host is this very machine. */
export const isLoopback = (hostname: string): boolean => ['localhost', '127.0.0.1', '::1', '[::1]'].includes(hostname)

/** Whether the site of an origin is on this very machine, so that nobody else reads it (RFC 6761, 6.3). */
export function isOwnMachine(origin: string): boolean {
  const { hostname } = new URL(origin)
  return isLoopback(hostname) || hostname.endsWith('.localhost')
}

/**
 * The address of a site as links have it: `https://briefings.example`, without a path. A host in another script is written in ASCII
 * (`xn--bcher-kva.example`, RFC 5891). `undefined` if the text is no such address.
 */
export const originIn = (text: string): string | undefined =>
  /^https?:\/\/[^\s/\\?#@]+$/i.test(text) ? URL.parse(text)?.origin : undefined
