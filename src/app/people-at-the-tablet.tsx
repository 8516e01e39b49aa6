import { type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { VaultClient } from '../vault/vault-client.ts'
import { App } from './app.tsx'
import { lockWithOthers, watchForErased } from './lock.ts'
import { actsOf, type People, type Room, watchTime } from './people.ts'
import { useSurroundings } from './use-surroundings.ts'

interface Props {
  readonly first: VaultClient
  readonly link: string | undefined
  readonly startVault: () => VaultClient
}

/** Who is at the tablet: one at a time before the screen, the others covered, each with a vault of their own. */
export function PeopleAtTheTablet({ first, link, startVault }: Props): ReactNode {
  const [room, setRoom] = useState<Room>({ seat: { nth: 0, client: first }, aside: [] })
  const now = useRef(room)
  useEffect(() => {
    now.current = room
  }, [room])
  const change = useCallback((next: Room) => {
    now.current = next
    setRoom(next)
  }, [])
  useEffect(() => lockWithOthers(() => [now.current.seat.client, ...now.current.aside.map(({ client }) => client)]), [])
  const surroundings = useSurroundings({ mayRestart: link === undefined })
  const { seat, aside } = room
  const acts = useMemo(() => actsOf(now, change, startVault), [change, startVault])
  useEffect(() => watchTime(now, acts.endCovered), [acts])
  useEffect(() => watchForErased(acts.endCovered), [acts])
  const people = useMemo<People>(
    () => ({ ...acts, covered: aside.map(({ session: { accountId, label } }) => ({ accountId, label })) }),
    [acts, aside],
  )
  return (
    <App
      key={seat.nth}
      client={seat.client}
      link={seat.nth === 0 ? link : undefined}
      surroundings={surroundings}
      people={people}
      {...(seat.resume && { resume: seat.resume })}
    />
  )
}
