/** A size in pixels, as a picture is shown: upright. */
export interface Size {
  readonly width: number
  readonly height: number
}
