/** Whether a host is this very machine. */
export const isLoopback = (hostname: string): boolean => ['localhost', '127.0.0.1', '::1', '[::1]'].includes(hostname)

/** Whether the site of an origin is on this very machine, so that nobody else reads it (RFC 6761, 6.3). */
export function isOwnMachine(origin: string): boolean {
  const { hostname } = new URL(origin)
  return isLoopback(hostname) || hostname.endsWith('.localhost')
}

/** Whether a text is the address of a site as it is written in links: `https://briefings.example`, without a path. */
export const isOrigin = (text: string): boolean =>
  /^https?:$/.test(URL.parse(text)?.protocol ?? '') && URL.parse(text)?.origin === text
