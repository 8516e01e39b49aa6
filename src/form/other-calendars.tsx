import { msg } from '@lingui/core/macro'
import type { MessageDescriptor } from '@lingui/core'
import { useLingui } from '@lingui/react/macro'
import { CalendarDays } from 'lucide-react'
import { useSyncExternalStore, type ReactNode } from 'react'
import { inCalendar, otherCalendars, type OtherCalendar } from '../i18n/calendars.ts'
import { Button } from '../ui/button.tsx'

const names: Readonly<Record<OtherCalendar, MessageDescriptor>> = {
  ethiopic: msg`Ethiopian`,
  persian: msg`Persian`,
  'islamic-umalqura': msg`Islamic`,
}

/** Wanted at one date, shown at all, until the page is closed: what calendar somebody reckons in is not kept. */
let wanted = false
const listeners = new Set<() => void>()

function listen(listener: () => void): () => void {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

function toggle(): void {
  wanted = !wanted
  for (const listener of listeners) listener()
}

/** A date as people who reckon otherwise would say it. Only where there is a month, and only if it is wanted. */
export function OtherCalendars({ date }: { readonly date: string }): ReactNode {
  const { t, i18n } = useLingui()
  const on = useSyncExternalStore(listen, () => wanted)
  const said = otherCalendars.flatMap((calendar) => {
    const text = inCalendar(date, calendar)
    return text === undefined ? [] : [{ calendar, text }]
  })
  if (said.length === 0) return null
  return (
    <div className="calendars small">
      <Button look="quiet" aria-expanded={on} onClick={toggle}>
        <CalendarDays aria-hidden="true" />
        {t`Other calendars`}
      </Button>
      {on && (
        <dl>
          {said.map(({ calendar, text }) => (
            <div key={calendar}>
              <dt>{i18n._(names[calendar])}</dt>
              <dd>{text}</dd>
            </div>
          ))}
        </dl>
      )}
    </div>
  )
}
