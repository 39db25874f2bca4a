/** How long is waited before something is tried again that was tried so often, in milliseconds: each time twice as long, and never exactly. */
export const backoff = (tries: number): number => 1000 * 2 ** (tries - 1) * (0.8 + 0.4 * Math.random())
