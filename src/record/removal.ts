import { removePerpetrator, removeVictim, withdrawVictim, type Draft } from './draft.ts'
import { isPresent } from './units.ts'

/**
 * Takes a victim or perpetrator out. A victim who stood in a version that was sent leaves a tombstone, so that whoever
 * holds that version learns of it; everybody else vanishes.
 * @param day of taking out, `2024-05-02`
 */
export function withoutPerson(draft: Draft, id: string, { sent, day }: { sent: boolean; day: string }): Draft {
  if (!draft.victims.some((victim) => victim.id === id)) return removePerpetrator(draft, id)
  return sent ? withdrawVictim(draft, id, { date: day, reason: 'error' }) : removeVictim(draft, id)
}

/**
 * Somebody back in the old place with links, history and confirmations, as they stood in `before`; what was entered
 * meanwhile stays. Links come back only to people who are still here.
 */
export function withPersonBack(now: Draft, before: Draft, id: string): Draft {
  const back = <T>(list: readonly T[], old: readonly T[], isIts: (item: T) => boolean): T[] => {
    const next = list.filter((item) => !isIts(item))
    old.forEach((item, index) => {
      if (isIts(item)) next.splice(Math.min(index, next.length), 0, item)
    })
    return next
  }
  const victims = back(now.victims, before.victims, (one) => one.id === id)
  const perpetrators = back(now.perpetrators, before.perpetrators, (one) => one.id === id)
  const here = new Set([...victims.filter(isPresent), ...perpetrators].map((one) => one.id))
  const links = back(now.links, before.links, (one) => one.victim === id || one.perpetrator === id)
  const kept = back(now.kept ?? [], before.kept ?? [], ({ at }) => at.split('/').includes(id))
  return {
    ...now,
    ...(kept.length > 0 && { kept }),
    victims,
    perpetrators,
    links: links.filter(({ victim, perpetrator }) => here.has(victim) && here.has(perpetrator)),
    history: back(now.history, before.history, (one) => one.victim === id),
    confirmed: back(now.confirmed, before.confirmed, (one) => one.at.split('/').includes(id)),
  }
}
