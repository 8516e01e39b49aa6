import { createHash, createPrivateKey, createPublicKey, sign, type KeyObject } from 'node:crypto'

/** As many signatures as are remembered; the oldest half goes first. */
const most = 4_000
/** RFC 8410: what stands before the seed in PKCS #8. */
const pkcs8 = 16

/**
 * Makes the platform work out here and now what it hands to threads and threads hand back: SHA-256 and Ed25519, and the
 * clones that a database makes of its rows. What comes out is the same to the byte. A signature that was made here is
 * verified by remembering who made it over what; any other is verified as always. For tests that ask for millions.
 */
export function workAtOnce(): void {
  const { subtle } = crypto
  if (quick.has(subtle)) return
  quick.add(subtle)
  const slow = {
    digest: subtle.digest.bind(subtle),
    importKey: subtle.importKey.bind(subtle),
    sign: subtle.sign.bind(subtle),
    verify: subtle.verify.bind(subtle),
  }
  const signatures = new Signatures()
  Object.assign(subtle, {
    digest: async (name: AlgorithmIdentifier, bytes: BufferSource) =>
      name === 'SHA-256' && bytes instanceof Uint8Array
        ? new Uint8Array(createHash('sha256').update(bytes).digest()).buffer
        : await slow.digest(name, bytes),
    importKey: async (...asked: Parameters<typeof slow.importKey>) => {
      const [format, bytes, name] = asked
      if (name !== 'Ed25519' || !(bytes instanceof Uint8Array)) return await slow.importKey(...asked)
      return new QuickKey(bytes.slice(format === 'pkcs8' ? pkcs8 : 0), async () => await slow.importKey(...asked))
    },
    sign: async (name: AlgorithmIdentifier, key: CryptoKey | QuickKey, bytes: BufferSource) =>
      key instanceof QuickKey ? signatures.make(key, bytes as Uint8Array) : await slow.sign(name, key, bytes),
    verify: async (
      name: AlgorithmIdentifier,
      key: CryptoKey | QuickKey,
      signature: BufferSource,
      bytes: BufferSource,
    ) => {
      if (!(key instanceof QuickKey)) return await slow.verify(name, key, signature, bytes)
      const known = signatures.knows(key, signature as Uint8Array, bytes as Uint8Array)
      return known ?? (await slow.verify(name, await key.slow(), signature, bytes))
    },
  })
  const clone = structuredClone
  globalThis.structuredClone = ((value: unknown) => cloned(value, clone)) as typeof structuredClone
}

const quick = new WeakSet<SubtleCrypto>()

/** A private or a public key that has been taken in, and how to take it in as always. */
class QuickKey {
  readonly bytes: Uint8Array
  readonly slow: () => Promise<CryptoKey>

  constructor(bytes: Uint8Array, slow: () => Promise<CryptoKey>) {
    this.bytes = bytes
    this.slow = slow
  }
}

interface Made {
  readonly publicKey: string
  readonly text: string
}

class Signatures {
  readonly #pairs = new Map<string, { readonly key: KeyObject; readonly publicKey: string }>()
  readonly #made = new Map<string, Made>()

  make({ bytes: seed }: QuickKey, bytes: Uint8Array): ArrayBuffer {
    const { key, publicKey } = this.#pair(seed)
    const signature = new Uint8Array(sign(null, bytes, key))
    this.#made.set(textOf(signature), { publicKey, text: textOf(bytes) })
    if (this.#made.size > most) for (const old of [...this.#made.keys()].slice(0, most / 2)) this.#made.delete(old)
    return signature.buffer
  }

  /** Undefined where nobody here made it. */
  knows({ bytes: publicKey }: QuickKey, signature: Uint8Array, bytes: Uint8Array): boolean | undefined {
    const made = this.#made.get(textOf(signature))
    return made && made.publicKey === textOf(publicKey) && made.text === textOf(bytes)
  }

  #pair(seed: Uint8Array) {
    const known = this.#pairs.get(textOf(seed))
    if (known) return known
    const encoded = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), seed])
    const key = createPrivateKey({ key: encoded, format: 'der', type: 'pkcs8' })
    const publicKey = textOf(createPublicKey(key).export({ format: 'der', type: 'spki' }).subarray(-32))
    const pair = { key, publicKey }
    this.#pairs.set(textOf(seed), pair)
    return pair
  }
}

/** Bytes as something that a map finds. */
const textOf = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1')

/** Rows are plain objects of plain values and bytes; whatever is not is left to the platform. */
function cloned(value: unknown, clone: typeof structuredClone): unknown {
  if (typeof value !== 'object' || value === null) return typeof value === 'symbol' ? clone(value) : value
  if (Array.isArray(value)) return value.map((one) => cloned(one, clone))
  const kind = Object.getPrototypeOf(value) as unknown
  if (kind === Uint8Array.prototype) return (value as Uint8Array).slice()
  if (kind !== Object.prototype) return clone(value)
  const copy: Record<string, unknown> = {}
  for (const name of Object.keys(value)) copy[name] = cloned((value as Record<string, unknown>)[name], clone)
  return copy
}
