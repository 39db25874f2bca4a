/** Tells search engines of addresses that changed. Throws where they did not take it. */
export interface SearchEngines {
  ping(addresses: readonly string[]): Promise<void>
}
