/** How long a `Retry-After` asks to wait (RFC 9110, 10.2.3), in milliseconds; `undefined` if it cannot be read. */
export function retryAfterOf(header: string | null, now: Date): number | undefined {
  if (header === null) return undefined
  const isSeconds = /^\d{1,9}$/.test(header.trim())
  const wanted = isSeconds ? Number(header) * 1000 : Date.parse(header) - now.getTime()
  return Number.isNaN(wanted) ? undefined : Math.max(0, Math.ceil(wanted))
}
