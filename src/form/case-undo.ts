import { useLingui } from '@lingui/react/macro'
import { createContext, useCallback, useContext, useEffect, useMemo, useRef } from 'react'
import type { Draft } from '../record/draft.ts'
import { useToast } from '../ui/toast.tsx'

type Edit = (draft: Draft) => Draft
type Change = (edit: Edit) => void

/** Says what was done to the case, with a button that does `undo`. */
export type OfferUndo = (text: string, undo: Edit) => void

export interface CaseUndo {
  readonly offer: OfferUndo
  /** From now on it is done to this form; what comes back ends that. */
  readonly serve: (change: Change) => () => void
  /** Until the next form is there, or what comes back was called, an undo waits: this form is no more to be written in. */
  readonly hold: () => () => void
  /** Nothing is to be undone any more. */
  readonly drop: () => void
}

const UndoContext = createContext<CaseUndo | undefined>(undefined)
export const UndoProvider = UndoContext

/** It is offered as long as the case stands on the screen, and after a version was sent it is a change of the next one. */
export function useOfferUndo(): OfferUndo {
  return useContext(UndoContext)?.offer ?? (() => undefined)
}

/** See `CaseUndo.hold`. */
export function useHoldUndo(): CaseUndo['hold'] {
  return useContext(UndoContext)?.hold ?? (() => () => undefined)
}

/** One for as long as a case is open, whatever forms it is shown in meanwhile. */
export function useCaseUndo(): CaseUndo {
  const { t } = useLingui()
  const toast = useToast()
  const takeAway = useRef<() => void>(undefined)
  const form = useRef<Change>(undefined)
  const waiting = useRef<Edit>(undefined)
  const drop = useCallback(() => {
    waiting.current = undefined
    takeAway.current?.()
  }, [])
  useEffect(() => drop, [drop])
  const offer = useCallback<OfferUndo>(
    (text, undo) => {
      const run = () => {
        if (form.current) form.current(undo)
        else waiting.current = undo
      }
      takeAway.current = toast({ text, action: { label: t`Undo`, run } })
    },
    [t, toast],
  )
  const serve = useCallback((change: Change) => {
    form.current = change
    // Not before all of the form's parts are there, the one that saves it too.
    queueMicrotask(() => {
      const edit = waiting.current
      if (form.current !== change || !edit) return
      waiting.current = undefined
      change(edit)
    })
    return () => {
      if (form.current === change) form.current = undefined
    }
  }, [])
  const hold = useCallback(() => {
    const held = form.current
    form.current = undefined
    return () => {
      if (held) serve(held)
    }
  }, [serve])
  return useMemo(() => ({ offer, serve, hold, drop }), [offer, serve, hold, drop])
}
