import { useLingui } from '@lingui/react/macro'
import { useCallback, useEffect, useState } from 'react'
import { withWords } from '../i18n/with-words.ts'
import type { CaseSummary } from '../vault/api.ts'
import { useHouse } from './house.tsx'
import { circleWords } from './sentences.ts'

/** Who may open a case, in words, where it is not the same for all of them; among several teams it is said which. */
export function useWhose(cases: readonly CaseSummary[]): (one: CaseSummary) => string | undefined {
  const { t, i18n } = useLingui()
  const { vault } = useHouse()
  const [first] = cases
  const differ = cases.some(({ circle, team }) => circle !== first?.circle || team !== first.team)
  const several = differ && new Set(cases.flatMap(({ team }) => team ?? [])).size > 1
  const [names, setNames] = useState<ReadonlyMap<string | undefined, string>>()
  useEffect(() => {
    if (!several) return undefined
    let here = true
    const read = async () => {
      const [{ teamName }, view] = await Promise.all([withWords(import('./team-names.ts')), vault.team()])
      if (here) setNames(new Map(view.teams.map(({ circleId }) => [circleId, teamName(view, circleId)])))
    }
    // Without the names it says that it is the team's, which is true as well.
    void read().catch(() => undefined)
    return () => {
      here = false
    }
  }, [several, vault, i18n.locale])
  return useCallback(
    ({ circle, team }) => (differ ? (several && names?.get(team)) || t(circleWords[circle]) : undefined),
    [differ, several, names, t],
  )
}
