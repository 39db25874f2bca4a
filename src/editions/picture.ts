import type { Site } from '../site'

type Assets = Pick<Site, 'asset'>

/** The picture of an edition as its row names it: the address, which the content decides, and then the file. */
export const pictureOf = ({ asset }: Assets, file: string): string => `${asset(`images/${file}`)} ${file}`

/** Whether a row names its picture as it would today. */
export const isPictureOfToday = (site: Assets, picture: string): boolean =>
  pictureOf(site, picture.slice(picture.indexOf(' ') + 1)) === picture
