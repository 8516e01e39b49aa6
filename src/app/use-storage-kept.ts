import { useEffect, useState } from 'react'
import { storageIsKept } from './browser-check.ts'

/** Whether the browser promised to keep our data; undefined while nobody knows. */
export function useStorageKept(): boolean | undefined {
  const [kept, setKept] = useState<boolean>()
  useEffect(() => void storageIsKept().then(setKept), [])
  return kept
}
