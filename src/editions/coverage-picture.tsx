import type { Coverage, Standing } from './standing'

/** The shares of the standings as one bar, the best first. A text beside it says the same. */
export const Picture = ({ coverage, published }: { coverage: Coverage; published: number }) => {
  const widths = coverage.map(({ briefings }) => (briefings / published) * 100)
  return (
    <svg class="coverage" width="100%" aria-hidden="true">
      {coverage.map(({ standing, briefings }, index) => {
        const start = widths.slice(0, index).reduce((total, width) => total + width, 0)
        return briefings > 0 && <Bar standing={standing} start={start} width={widths[index] ?? 0} />
      })}
    </svg>
  )
}

/** The pattern of one standing, for a legend. */
export const Swatch = ({ standing }: { standing: Standing }) => (
  <svg class="coverage swatch" aria-hidden="true">
    <Bar standing={standing} start={0} width={100} />
  </svg>
)

const Bar = ({ standing, start, width }: { standing: Standing; start: number; width: number }) => (
  <rect
    class={standing}
    x={`${start.toFixed(2)}%`}
    width={`${width.toFixed(2)}%`}
    height="100%"
    fill={`url(#weave-${standing})`}
  />
)

/** The patterns that distinguish the standings without colours. */
export const Weaves = () => (
  <svg class="weaves" width="0" height="0" aria-hidden="true">
    <defs>
      <Weave standing="partial" size={8} path="M-2 2l4 -4M0 8l8 -8M6 10l4 -4" />
      <Weave standing="outdated" size={5} path="M2.5 0v5" />
      <Weave standing="neighbour" size={5} path="M0 2.5h5" />
      <Weave standing="in-translation" size={5} path="M2.5 2.5h.01" />
      <Weave standing="withdrawn" size={8} path="M0 0l8 8M8 0l-8 8" />
    </defs>
  </svg>
)

const Weave = ({ standing, size, path }: { standing: Standing; size: number; path: string }) => (
  <pattern id={`weave-${standing}`} class={standing} width={size} height={size} patternUnits="userSpaceOnUse">
    <rect width={size} height={size} />
    <path d={path} />
  </pattern>
)
