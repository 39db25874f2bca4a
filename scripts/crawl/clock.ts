/**
 * When everything that is crawled takes place: a day after a sample was published, so that the sitemap of news has something,
 * and long before another one is.
 */
export const instant = '2024-05-21T12:00:00.000Z'
