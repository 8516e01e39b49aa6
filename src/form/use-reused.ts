import { useState } from 'react'
import { reusing } from '../record/json.ts'

/** Plain data, with every part that says the same as at the last drawing taken from there, so that `memo` knows it again. */
export function useReused<T>(value: T): T {
  const [kept, keep] = useState(value)
  const reused = reusing(kept, value)
  if (reused !== kept) keep(reused)
  return reused
}
