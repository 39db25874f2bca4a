import { embedPathTo } from '../editions/addresses'
import type { Answer } from '../editions/print'
import { cardPathTo, cardSize } from '../editions/share-card'
import type { Locale } from '../language/locale'
import { attributes, escaped } from '../language/xml'
import type { Site } from '../site'

/** The request of a consumer (oEmbed 1.0, 2.2). */
export interface OembedRequest {
  readonly url: string
  /** The format that was asked for. Only `json` and `xml` are supported. */
  readonly format: string
  readonly maxWidth: number
  readonly maxHeight: number
  /** The wanted language, for addresses without one. */
  readonly lang: Locale | undefined
}

/** How large a briefing is shown, in CSS pixels, if there is room for it. */
const frame = { width: 600, height: 320 } as const

/**
 * The request in the parameters of an address, or `undefined` if they are not valid. A size is a whole number of pixels, at least
 * 1.
 */
export function readOembedRequest(parameters: URLSearchParams): OembedRequest | undefined {
  const url = parameters.get('url')
  const [maxWidth, maxHeight] = ['maxwidth', 'maxheight'].map((name) => sizeIn(parameters.get(name)))
  if (url === null || maxWidth === undefined || maxHeight === undefined) return undefined
  return { url, format: parameters.get('format') ?? 'json', maxWidth, maxHeight, lang: parameters.get('lang') ?? undefined }
}

function sizeIn(typed: string | null): number | undefined {
  if (typed === null) return Number.POSITIVE_INFINITY
  return /^[1-9]\d{0,6}$/.test(typed) ? Number(typed) : undefined
}

/** An answer of oEmbed: a frame with the briefing in the language asked for, and its card as the thumbnail if it fits. */
export type Oembed = Readonly<Record<string, string | number>>

export function oembedOf(
  site: Site,
  answer: Answer,
  card: string | undefined,
  room: Pick<OembedRequest, 'maxWidth' | 'maxHeight'>,
): Oembed {
  const { origin, siteName } = site.config
  const { resolution, reading } = answer
  const [width, height] = [Math.min(frame.width, room.maxWidth), Math.min(frame.height, room.maxHeight)]
  const hasThumbnail = card !== undefined && cardSize.width <= room.maxWidth && cardSize.height <= room.maxHeight
  return {
    version: '1.0',
    type: 'rich',
    title: reading.title.text,
    ...(reading.byline.length === 0 ? {} : { author_name: site.speak(reading.locale).list(reading.byline) }),
    provider_name: siteName,
    provider_url: `${origin}/`,
    html: embedCode(site, resolution.asked, reading.slug, reading.title.text, { width, height }),
    width,
    height,
    ...(hasThumbnail
      ? {
          thumbnail_url: origin + cardPathTo(card),
          thumbnail_width: cardSize.width,
          thumbnail_height: cardSize.height,
        }
      : {}),
  }
}

/** The HTML by which another site shows a briefing: a frame, and no script. */
export const embedCode = (
  site: Site,
  locale: Locale,
  slug: string,
  title: string,
  size: { width: number; height: number } = frame,
): string =>
  `<iframe${attributes({
    src: site.config.origin + embedPathTo(locale, slug),
    title,
    width: String(size.width),
    height: String(size.height),
    loading: 'lazy',
    style: 'border:0;max-width:100%',
  })}></iframe>`

/** The same as XML, in the element and order that the specification shows. */
export const oembedAsXml = (answer: Oembed): string =>
  `<?xml version="1.0" encoding="utf-8" standalone="yes"?>\n<oembed>\n${Object.entries(answer)
    .map(([name, value]) => `  <${name}>${escaped(String(value))}</${name}>\n`)
    .join('')}</oembed>\n`
