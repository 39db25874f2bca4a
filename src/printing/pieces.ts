/** A part of a print that is written, or left as it is, by itself. */
export interface Piece {
  /** Where it is among those of its kind, such as `es/0` for an edition. */
  readonly place: string
  /** A hash of the content that it is made of. */
  readonly madeOf: string
  /** A hash of what it is made with: program, words, settings. Empty if nothing of that shows in it. */
  readonly fingerprint: string
}

/** Pieces of one kind by their places. */
export type ByPlace<Some extends Piece = Piece> = ReadonlyMap<string, Some>

export const byPlace = <Some extends Piece>(pieces: readonly Some[]): ByPlace<Some> =>
  new Map(pieces.map((each) => [each.place, each]))

/** An edition that stands, with the revisions that it was printed from. */
export interface StandingEdition extends Piece {
  readonly revisions: string
}

/** All pieces that the last print of a briefing left, by kind. */
export interface Printed {
  readonly editions: ByPlace<StandingEdition>
  readonly answers: ByPlace
  /** The facets in each language. */
  readonly lists: ByPlace
  readonly entries: ByPlace
  readonly cards: ByPlace
  readonly moved: ByPlace
}

/** The revisions of an edition, for comparing them. */
export const revisionsOf = (source: number, translation: number) => `${source}/${translation}`

/** What a print does to the pieces of one kind. */
export interface Difference<Some extends Piece> {
  /** Those that are written: nothing is in their place yet, or something else. */
  readonly changed: readonly Some[]
  /** The places that are cleared, because what is there is replaced or goes. */
  readonly cleared: readonly string[]
}

/** Whether a piece is what is in its place already. */
export const isSame = ({ madeOf, fingerprint }: Piece, there: Piece | undefined): boolean =>
  there?.madeOf === madeOf && there.fingerprint === fingerprint

/** Compares the pieces of a print with what the last one left. `isLeft` says which of them stay. */
export function differenceOf<Some extends Piece>(
  before: ByPlace,
  pieces: readonly Some[],
  isLeft: (piece: Some) => boolean = (piece) => isSame(piece, before.get(piece.place)),
): Difference<Some> {
  const kept = new Set(pieces.filter(isLeft).map(({ place }) => place))
  return {
    changed: pieces.filter(({ place }) => !kept.has(place)),
    cleared: [...before.keys()].filter((place) => !kept.has(place)),
  }
}
