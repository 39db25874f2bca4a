/** Tells search engines of addresses that changed. Throws where they did not take it. */
export interface Announcer {
  announce(addresses: readonly string[]): Promise<void>
}
