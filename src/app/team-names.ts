import { t } from '@lingui/core/macro'
import { formatList, formatNumber } from '../i18n/format.ts'
import type { TeamView } from '../vault/api.ts'

/** What a team is called: teams have no names, so among several it is a number and who else is in it. */
export function teamName({ teams }: Pick<TeamView, 'teams'>, circleId: string | undefined): string {
  const at = teams.findIndex((one) => one.circleId === circleId)
  const found = teams[at]
  if (!found || teams.length === 1) return t`The team of this tablet`
  const number = formatNumber(at + 1)
  // Isolated: nicknames may be written in another direction than the sentence.
  const others = formatList(found.others.map((label) => `\u2068${label}\u2069`))
  return found.others.length === 0 ? t`Team ${number}: only you` : t`Team ${number}: you, ${others}`
}
