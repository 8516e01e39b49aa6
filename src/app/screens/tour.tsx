import { Trans, useLingui } from '@lingui/react/macro'
import { BookOpen, CircleCheck, CircleHelp, EyeOff, Send } from 'lucide-react'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { formatNumber } from '../../i18n/format.ts'
import { Button } from '../../ui/button.tsx'
import { useHouse } from '../house.tsx'
import { SelfTest } from './self-test.tsx'

const icons = [CircleCheck, CircleHelp, EyeOff, Send, BookOpen] as const

/**
 * Five cards for somebody who is new here, and what ends a set-up: a look at the tablet itself. They stand above the cases
 * and keep nobody from beginning.
 */
export function Tour(): ReactNode {
  const { t } = useLingui()
  const { setTour, takeFirstLook, organisation, practising } = useHouse()
  const [at, setAt] = useState(0)
  const title = useRef<HTMLHeadingElement>(null)
  const cards = useCards()
  useEffect(() => {
    if (at > 0) title.current?.focus()
  }, [at])
  const Icon = icons[at] ?? CircleCheck
  const card = cards[at]
  const isLast = at === cards.length - 1
  if (!card) return null
  return (
    <>
      <section className="card tour" aria-label={t`How Daybook works`}>
        <Icon aria-hidden="true" />
        <div className="stack">
          <p className="small num">
            <Trans>
              {formatNumber(at + 1)} of {formatNumber(cards.length)}
            </Trans>
          </p>
          <h2 ref={title} tabIndex={-1}>
            {card.title}
          </h2>
          <p>{card.text}</p>
          <div className="together">
            <Button look="first" onClick={() => (isLast ? setTour(false) : setAt(at + 1))}>
              {isLast ? <Trans>Begin</Trans> : <Trans>Next</Trans>}
            </Button>
            {at > 0 && (
              <Button onClick={() => setAt(at - 1)}>
                <Trans>Back</Trans>
              </Button>
            )}
            {!isLast && (
              <Button look="quiet" onClick={() => setTour(false)}>
                <Trans>Skip</Trans>
              </Button>
            )}
          </div>
        </div>
      </section>
      {organisation && !practising && <SelfTest byItself={takeFirstLook} />}
    </>
  )
}

function useCards(): readonly { readonly title: string; readonly text: string }[] {
  const { t } = useLingui()
  const { session, organisation } = useHouse()
  const byFile = organisation !== undefined && organisation.endpointHost === undefined
  return [
    {
      title: t`Everything is saved as you go`,
      text: t`Each answer is on this tablet a moment after you gave it, with or without a network. There is no Save button: the line under the case code says when it was saved. Stop at any moment.`,
    },
    {
      title: t`Not knowing is an answer`,
      text: t`Under each question stands what to tap when something is not known or the person does not want to answer. What was not asked yet just stays open. Nobody is named, and nothing has to be complete.`,
    },
    {
      title: t`Hide the screen with one tap`,
      text: session.hasPin
        ? t`The button at the top corner covers everything, and your PIN uncovers it. The screen also covers itself when you leave it alone. At the end of your shift, lock it from the menu.`
        : t`The button at the top corner locks everything, and your passphrase opens it again. The screen also locks itself when you leave it alone.`,
    },
    {
      title: t`Send early, go on adding later`,
      text: byFile
        ? t`As soon as the questions of step 1 are answered as far as they are known, send this version. It is sealed for your organisation, waits until you save it as a file, and reads Opened only when your organisation has answered. Later changes are sent as the next version.`
        : t`As soon as the questions of step 1 are answered as far as they are known, send this version. It is sealed for your organisation, waits for a network, and reads Received only when it has arrived. Later changes are sent as the next version.`,
    },
    {
      title: t`The words mean something exact`,
      text: t`Behind “What does this mean?” each question says what its words mean, gives an example, and tells where its answers come from and how sure they are.`,
    },
  ]
}
