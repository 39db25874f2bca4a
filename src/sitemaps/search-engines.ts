/** Reports changed addresses to search engines. Throws if they did not accept them. */
export interface SearchEngines {
  ping(addresses: readonly string[]): Promise<void>
}
