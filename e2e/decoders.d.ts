declare module 'snappyjs' {
  /** Throws where the bytes are no Snappy block, or say that they hold more than `most`. */
  export function uncompress(bytes: Uint8Array, most?: number): Uint8Array
  export function compress(bytes: Uint8Array): Uint8Array
}

declare module 'lz4js' {
  /** Writes what a block holds into `into` and gives its length; throws where it is no block. */
  export function decompressBlock(from: Uint8Array, into: Uint8Array, at: number, length: number, start: number): number
}
