/** What a platform may tell of the connection: Chromium does, the kind of network on tablets alone; others tell nothing. */
interface Connection {
  /** The person asked the system to save data. */
  readonly saveData?: boolean
  readonly type?: string
}
interface Told {
  readonly connection?: Connection
}

/** `unknown`: the platform does not tell, so that a wish to wait for Wi-Fi could not be kept. */
export type Cost = 'metered' | 'free' | 'unknown'

const costs: ReadonlyMap<string, Cost> = new Map([
  ['cellular', 'metered'],
  ['wimax', 'metered'],
  ['wifi', 'free'],
  ['ethernet', 'free'],
])

/** Whether the connection of this moment costs by the byte, of a page or a service worker. */
export function costOf(navigator: object): Cost {
  const { connection } = navigator as Told
  if (connection?.saveData === true) return 'metered'
  return costs.get(connection?.type ?? '') ?? 'unknown'
}

/** What is not told is not metered: boxes are never kept back on a guess. */
export const isMetered = (navigator: object): boolean => costOf(navigator) === 'metered'
