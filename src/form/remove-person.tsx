import { useLingui } from '@lingui/react/macro'
import { Trash2 } from 'lucide-react'
import type { ReactNode } from 'react'
import { withoutPerson, withPersonBack } from '../record/removal.ts'
import { Button } from '../ui/button.tsx'
import { Notice } from '../ui/notice.tsx'
import { useCase } from './case-context.ts'
import { useOfferUndo } from './case-undo.ts'
import type { SectionRef } from './questions.ts'
import { headCount, sectionTitle } from './sections.ts'

interface Props {
  readonly section: SectionRef
  readonly onRemoved: () => void
}

/** At the end of somebody's section: takes them out of the case, until it is undone. */
export function RemovePerson({ section, onRemoved }: Props): ReactNode {
  const { t } = useLingui()
  const { draft, current, change, wasSent, today } = useCase()
  const offerUndo = useOfferUndo()
  const title = sectionTitle(section, draft)
  if (section.kind === 'victim' && headCount(draft).victims === 1)
    return <Notice>{t`A case has at least one victim, so this one cannot be removed.`}</Notice>
  const remove = () => {
    const before = current()
    change((now) => withoutPerson(now, section.key, { sent: wasSent(section.key), day: today }))
    onRemoved()
    offerUndo(t`${title} was removed.`, (now) => withPersonBack(now, before, section.key))
  }
  return (
    <p className="remove">
      <Button look="quiet" onClick={remove}>
        <Trash2 aria-hidden="true" />
        {t`Remove ${title}`}
      </Button>
    </p>
  )
}
