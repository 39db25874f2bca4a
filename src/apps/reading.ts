import { Hono } from 'hono'
import type { Context } from '../context'
import { indexRoutes } from '../editions/index-routes'
import { overviewRoutes } from '../editions/overview-routes'
import { editionRoutes } from '../editions/routes'
import { entranceRoutes } from '../entrance/routes'
import { feedRoutes } from '../feeds/routes'
import { searchRoutes } from '../search/routes'
import { sharingRoutes, unfurlRoutes } from '../sharing/routes'
import { sitemapRoutes } from '../sitemaps/routes'

/** What readers open at addresses without a locale. */
export const rootRoutes = new Hono<Context>()
rootRoutes.route('/', entranceRoutes)
rootRoutes.route('/', unfurlRoutes)
rootRoutes.route('/', sitemapRoutes)

/** What readers open below a locale. */
export const pageRoutes = new Hono<Context>()
pageRoutes.route('/', sharingRoutes)
pageRoutes.route('/', feedRoutes)
pageRoutes.route('/', searchRoutes)
pageRoutes.route('/', indexRoutes)
pageRoutes.route('/', overviewRoutes)
pageRoutes.route('/', editionRoutes)
