declare module '@resvg/resvg-wasm/index_bg.wasm' {
  const compiled: WebAssembly.Module
  export default compiled
}
