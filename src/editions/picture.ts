import type { Site } from '../site'

type Assets = Pick<Site, 'asset'>

/** What the row of an edition without a picture says. */
const none = 'none'

/** The picture of an edition as its row names it: the address, which the content decides, and then the file. */
export const pictureOf = ({ asset }: Assets, file: string | undefined): string =>
  file === undefined ? none : `${asset(`images/${file}`)} ${file}`

/** Whether a row names its picture as it would today. */
export const isPictureOfToday = (site: Assets, picture: string): boolean =>
  picture === none || pictureOf(site, picture.slice(picture.indexOf(' ') + 1)) === picture
