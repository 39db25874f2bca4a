import type { FileProblem } from '../briefings/files'
import type { Catalog } from '../language/catalog'
import type { Locale } from '../language/locale'
import type { Makers } from '../language/makers'
import type { Theme } from '../settings/theme'
import type { Kit } from '../site'

/** What a site's folder has beside its content and its pictures. */
export interface SiteParts extends Pick<Kit, 'locales' | 'settings' | 'authorship' | 'glossaries' | 'logo'> {
  /** What it says otherwise than the program, and the names of its own words. */
  readonly words: Readonly<Record<Locale, Catalog>>
  readonly theme: Theme
}

/** A site as its folder has it. */
export interface SiteFolder extends SiteParts {
  readonly folder: string
}

/** The parts of the program that are made from its source, checked. */
export interface Program extends Pick<Kit, 'catalogs' | 'authorship'> {
  /** The site of the checkout itself, or every problem in its files. */
  readonly sample: SiteParts | readonly FileProblem[]
  /** The words of the newsroom in each locale. The bundles load them when somebody needs them. */
  readonly newsroom: () => Promise<Kit['catalogs']>
  /** The style sheets of all slices as one. It names fonts as `url(fonts/…)`. */
  readonly styleSheet: string
  /** A hash of the source and of the packages that it uses. */
  readonly version: string
  /** The parts that make pages. */
  readonly makers: Makers
}

/** A program with the site that it serves. */
export interface Given {
  readonly program: Program
  readonly site: SiteFolder
}
