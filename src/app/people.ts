import type { SessionView } from '../vault/api.ts'
import type { VaultClient } from '../vault/vault-client.ts'
import type { Screen } from './house.tsx'
import { endShift, lock } from './lock.ts'

/** What is needed to go on with an account that stepped aside; nothing of its cases is in it. */
export interface AtWork {
  readonly session: SessionView
  readonly settingsChanged: boolean
  readonly screen: Screen
}

/** An account that is covered while another one works: its keys stay in its own worker, and nothing of it in the page. */
export interface Aside extends AtWork {
  readonly client: VaultClient
  /** How long it has been covered, in milliseconds; past `coverMs` its worker is ended. */
  readonly lasted: () => number
  readonly coverMs: number
}

/** What an account may know and do about the others that are covered in the same page. */
export interface People {
  readonly covered: readonly { readonly accountId: string; readonly label: string }[]
  /** The open account makes room for another one, and stays covered. */
  readonly stepAside: (at: AtWork, lasted: () => number, coverMs: number) => void
  /** Ends the shift of the open account. The page is left with the last one. */
  readonly end: () => void
  readonly checkPin: (accountId: string, pin: string) => Promise<'right' | 'wrong' | 'lock'>
  /** To an account whose PIN was right. */
  readonly goBack: (accountId: string) => void
  /** Ends the shift of a covered account. */
  readonly endCovered: (accountId: string) => void
}

export interface Seat {
  /** Another number for each person who sits down: everything of the one before is taken down. */
  readonly nth: number
  readonly client: VaultClient
  readonly resume?: AtWork
}

export interface Room {
  readonly seat: Seat
  readonly aside: readonly Aside[]
}

/** The room as it is at this moment. */
type Now = { readonly current: Room }

/** What changes who sits where; `change` puts the next room in the place of `now`. */
export function actsOf(now: Now, change: (room: Room) => void, startVault: () => VaultClient): Omit<People, 'covered'> {
  const seatFor = (client: VaultClient, resume?: AtWork): Seat => {
    // No address of the one before: the next one begins at home.
    history.replaceState(null, '', '/')
    return { nth: now.current.seat.nth + 1, client, ...(resume && { resume }) }
  }
  const find = (accountId: string) => now.current.aside.find(({ session }) => session.accountId === accountId)
  const without = (gone: Aside) => now.current.aside.filter((one) => one !== gone)
  return {
    stepAside(at, lasted, coverMs) {
      const { seat, aside } = now.current
      const left: Aside = { ...at, client: seat.client, lasted, coverMs }
      change({ seat: seatFor(startVault()), aside: [...aside, left] })
    },
    end() {
      const { client } = now.current.seat
      if (now.current.aside.length === 0) return void lock([client])
      void endShift(client).then(() => {
        // The covered time of the others may have run out meanwhile.
        if (now.current.aside.length === 0) return void lock([client])
        change({ ...now.current, seat: seatFor(startVault()) })
      })
    },
    async checkPin(accountId, pin) {
      const found = find(accountId)
      return found ? await found.client.api.checkPin(pin) : 'lock'
    },
    goBack(accountId) {
      const found = find(accountId)
      if (!found) return
      now.current.seat.client.end()
      const { session, settingsChanged, screen } = found
      change({ seat: seatFor(found.client, { session, settingsChanged, screen }), aside: without(found) })
    },
    endCovered(accountId) {
      const found = find(accountId)
      if (!found) return
      const { seat } = now.current
      change({ seat, aside: without(found) })
      void endShift(found.client).then(async () => {
        const nobody = now.current.aside.length === 0 && now.current.seat === seat
        if (nobody && (await seat.client.api.session()) === undefined) await lock([seat.client])
      })
    },
  }
}

/** Ends whoever was covered for too long: every second, and on waking before anything is drawn. Gives what ends it. */
export function watchTime(now: Now, end: (accountId: string) => void): () => void {
  const look = () => {
    for (const { lasted, coverMs, session } of now.current.aside) if (lasted() >= coverMs) end(session.accountId)
  }
  const timer = setInterval(look, 1_000)
  document.addEventListener('visibilitychange', look)
  return () => {
    clearInterval(timer)
    document.removeEventListener('visibilitychange', look)
  }
}
