import { useState } from 'react'

/** Whether a fold is open. It opens when a question in it comes to be `sought`; who opens and closes it then is the hand. */
export function useFold(sought: boolean): readonly [open: boolean, setOpen: (open: boolean) => void] {
  const [open, setOpen] = useState(sought)
  const [before, setBefore] = useState(sought)
  if (sought !== before) {
    setBefore(sought)
    if (sought) setOpen(true)
  }
  return [open, setOpen]
}
