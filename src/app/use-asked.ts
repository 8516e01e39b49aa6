import { useMemo } from 'react'
import { codebook, type Codebook } from '../codebook/codebook.ts'
import { withOverlay } from '../codebook/overlay.ts'
import { useHouse } from './house.tsx'

/** The codebook as this tablet's organisation asks it. */
export function useAsked(): Codebook {
  const { organisation } = useHouse()
  return useMemo(() => withOverlay(codebook, organisation?.overlay), [organisation])
}
