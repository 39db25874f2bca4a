/**
 * How long to wait before something is tried again, by the number of tries, in milliseconds. Each wait is twice as long as the
 * last, with a random part.
 */
export const backoff = (tries: number): number => 1000 * 2 ** (tries - 1) * (0.8 + 0.4 * Math.random())
