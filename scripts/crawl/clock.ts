/**
 * When everything that is crawled takes place: a day after the newest sample is published, so that the sitemap of news has
 * something, and after all revisions of the samples were saved.
 */
export const instant = '2031-03-04T12:00:00.000Z'
