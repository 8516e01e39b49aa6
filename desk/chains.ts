/** Where a box stands in the chain of its device (security.md, section 8). */
export interface ChainLink {
  readonly deviceId: string
  readonly boxId: string
  readonly seq: number
  readonly prevBoxId: string | null
  readonly replaces: readonly string[]
}

/** Boxes `from` to `to` of a device never arrived, and no other box says that it replaces them. */
export interface Gap {
  readonly deviceId: string
  readonly from: number
  readonly to: number
}

/** A chain that splits: two boxes claim one place, or a box names another predecessor than the one that is here. */
export interface ChainFork {
  readonly deviceId: string
  readonly seq: number
}

/**
 * What is missing and what does not fit in the chains of all devices. Boxes may come in any order and twice. The newest
 * box of a device is not missed until a later one arrives.
 */
export function checkChains(links: readonly ChainLink[]): { gaps: Gap[]; forks: ChainFork[] } {
  const devices = [...new Set(links.map((link) => link.deviceId))]
  const chains = devices.map((deviceId) => chainOf(links.filter((link) => link.deviceId === deviceId)))
  return { gaps: chains.flatMap(gapsOf), forks: chains.flatMap(forksOf) }
}

/** The boxes of one device, once each, by their place. */
type Chain = readonly ChainLink[]

function chainOf(links: readonly ChainLink[]): Chain {
  return [...new Map(links.map((link) => [link.boxId, link])).values()].sort((a, b) => a.seq - b.seq)
}

/**
 * A run of missing places is explained by boxes that were replaced before they were sent: the box after the run follows
 * one of those, and there are enough of them. `replaces` names boxes, not places, so this is all that can be known.
 */
function gapsOf(chain: Chain): Gap[] {
  const here = new Set(chain.map((link) => link.boxId))
  const replaced = new Set(chain.flatMap((link) => link.replaces).filter((boxId) => !here.has(boxId)))
  let unused = replaced.size
  return runsMissing(chain)
    .filter(({ from, to, after }) => {
      const explained = after.prevBoxId !== null && replaced.has(after.prevBoxId) && to - from + 1 <= unused
      if (explained) unused -= to - from + 1
      return !explained
    })
    .map(({ deviceId, from, to }) => ({ deviceId, from, to }))
}

function runsMissing(chain: Chain): (Gap & { after: ChainLink })[] {
  return chain.flatMap((after, i) => {
    const from = (chain[i - 1]?.seq ?? 0) + 1
    return after.seq > from ? [{ deviceId: after.deviceId, from, to: after.seq - 1, after }] : []
  })
}

function forksOf(chain: Chain): ChainFork[] {
  return chain.flatMap((link, i) => {
    const before = chain[i - 1]
    const twin = before?.seq === link.seq
    const strange = before?.seq === link.seq - 1 && before.boxId !== link.prevBoxId
    return twin || strange ? [{ deviceId: link.deviceId, seq: link.seq }] : []
  })
}
