import { useState } from 'react'
import { useHouse } from './house.tsx'
import { type Space, spaceNow, useSpace } from './space.ts'

export interface NewCase {
  readonly busy: boolean
  readonly begin: () => void
  readonly space: Space
  /** The tablet did not store it. */
  readonly refused: boolean
}

/** Begins a case and goes to it. Where there is hardly room left none is begun: those that are here need it. */
export function useNewCase(): NewCase {
  const { vault, go, practising } = useHouse()
  const [busy, setBusy] = useState(false)
  const [refused, setRefused] = useState(false)
  const [found, setFound] = useState<Space>('enough')
  const seen = useSpace()
  const begin = async () => {
    setBusy(true)
    setRefused(false)
    const space = practising ? 'enough' : await spaceNow()
    setFound(space)
    const made = space === 'none' ? undefined : await vault.newCase().catch(() => undefined)
    setBusy(false)
    if (made) go({ name: 'case', id: made.id, fresh: true })
    else setRefused(space !== 'none')
  }
  const space = practising ? 'enough' : found === 'enough' ? seen : found
  return { busy, begin: () => void begin(), space, refused }
}
