/** What we use of npm’s xliff, which comes without types. */
declare module 'xliff' {
  export function xliff2js(xml: string): Promise<{
    readonly sourceLanguage: string
    readonly targetLanguage: string
    readonly resources: Readonly<
      Record<string, Readonly<Record<string, { readonly source: unknown; readonly target?: unknown }>>>
    >
  }>
}
