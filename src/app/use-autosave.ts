import { useCallback, useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react'
import type { Draft } from '../record/draft.ts'
import type { CaseAside, CasePlace, OpenCase } from '../vault/api.ts'
import type { VaultClient } from '../vault/vault-client.ts'
import { Autosave, type SaveState } from './autosave.ts'
import { countDiagnostic } from './diagnostics.ts'
import { beforeLeaving } from './leaving.ts'

export interface Autosaving {
  /** How it stands: see `useSaveState`. */
  readonly told: Told
  /** Something changed. */
  readonly touch: () => void
  /** Saves now; resolves when it is on the disk or refused. */
  readonly flush: () => Promise<boolean>
  /** What was saved last: the record and its version. */
  readonly target: () => { readonly id: string; readonly rev: number }
  readonly conflict: string | undefined
}

/** Tells who asks that it stands otherwise, and nobody else: a whole case is not drawn again for one word. */
class Told {
  #state: SaveState
  readonly #hearers = new Set<() => void>()

  constructor(state: SaveState) {
    this.#state = state
  }

  readonly state = (): SaveState => this.#state

  readonly tell = (state: SaveState): void => {
    this.#state = state
    for (const hear of this.#hearers) hear()
  }

  readonly listen = (hear: () => void): (() => void) => {
    this.#hearers.add(hear)
    return () => this.#hearers.delete(hear)
  }
}

/** How saving stands. Whoever asks is drawn again when that changes. */
export function useSaveState({ told }: Pick<Autosaving, 'told'>): SaveState {
  return useSyncExternalStore(told.listen, told.state)
}

interface What {
  readonly draft: Draft
  readonly place: CasePlace | undefined
  readonly aside: CaseAside
}

/** Keeps what is on the screen in the vault; `current` is asked at the moment of each save. */
export function useAutosave(vault: VaultClient['api'], open: OpenCase, current: () => What): Autosaving {
  const [told] = useState(() => new Told({ status: 'saved', at: open.changedAt, changed: open.changedSinceSent }))
  const [conflict, setConflict] = useState<string>()
  /** Where saving goes: after a conflict to the copy, which begins at 1. */
  const target = useRef({ id: open.id, rev: open.rev })
  const keptPlace = useRef(JSON.stringify(open.place))
  const asked = useRef(current)
  useEffect(() => {
    asked.current = current
  })
  const [saver] = useState(
    () =>
      new Autosave({
        onState: (next) => {
          if (next.status === 'not-saved') countDiagnostic(next.reason)
          told.tell(next)
        },
        onConflict: (copyId) => {
          countDiagnostic('conflict')
          target.current = { id: copyId, rev: 1 }
          setConflict(copyId)
        },
        save: async () => {
          const { draft, place, aside } = asked.current()
          const { id, rev } = target.current
          const result = await vault.save(id, rev, draft, place, aside)
          if (result.status === 'saved') target.current = { id, rev: result.rev }
          keptPlace.current = JSON.stringify(place)
          return result
        },
      }),
  )
  const flush = useCallback(async () => {
    // Whoever is interrupted in the middle of a text comes back there, even where nothing was typed since.
    const { place } = asked.current()
    if (place?.caret && JSON.stringify(place) !== keptPlace.current) saver.touch()
    return await saver.flush()
  }, [saver])
  useEffect(() => {
    const left = beforeLeaving(async () => await flush())
    return () => {
      // Until then whoever reads the cases next waits for it.
      void saver.flush().finally(left)
    }
  }, [saver, flush])
  const touch = useCallback(() => saver.touch(), [saver])
  return useMemo(() => ({ told, conflict, flush, touch, target: () => target.current }), [told, conflict, flush, touch])
}
