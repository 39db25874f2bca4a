import type { MarkdownFile } from '../../src/briefings/page-file'
import type { Content } from '../../src/newsroom/content-files'

/** A page as its file has it. */
export const pageFile = (id: string, front: object = {}, text = aboutText): MarkdownFile => ({
  path: `db/pages/${id}.md`,
  front: { title: 'About the harbour desk', description: 'Who writes here.', publishedAt: '2025-05-01', ...front },
  text,
})

export const aboutText = `We write about harbours. Our [rules](/rules) say how.

## Who we are {#who}

Three people at the quay.

## Who pays {#money}

Readers do.
`

/** Its translation. */
export const pageTranslation = (id: string, locale: string, front: object = {}, text = aboutInSpanish): MarkdownFile => ({
  path: `locales/${locale}/pages/${id}.md`,
  front: {
    title: 'Acerca de la redacción',
    description: 'Quién escribe aquí.',
    sourceRevision: 1,
    state: 'approved',
    provenance: 'human',
    credits: ['Alba Rius'],
    ...front,
  },
  text,
})

export const aboutInSpanish = `Escribimos sobre puertos. Nuestras [reglas](/rules) dicen cómo.

## Quién paga {#money}

Lo pagan los lectores.

## Quiénes somos {#who}

Tres personas en el muelle.
`

/** The content of a site that has only pages. */
export const pagesOnly = (pages: readonly MarkdownFile[], pageTranslations: readonly MarkdownFile[] = []): Content => ({
  briefings: [],
  translations: [],
  images: [],
  pages,
  pageTranslations,
})
