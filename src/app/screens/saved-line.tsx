import { Trans, useLingui } from '@lingui/react/macro'
import { CircleAlert, CircleCheck, CircleDashed, UserRound, UsersRound } from 'lucide-react'
import type { ReactNode } from 'react'
import { formatTime } from '../../i18n/format.ts'
import type { CircleKind, OpenCase } from '../../vault/api.ts'
import type { SaveState } from '../autosave.ts'
import { useHouse } from '../house.tsx'
import { circleWords, notSavedSentences, stateWords } from '../sentences.ts'

interface Props {
  readonly state: SaveState
  readonly open: OpenCase
  readonly readOnly: boolean
  /** To what was changed since it was sent. */
  readonly onChanges: () => void
}

/** The line that is always there: what is on the disk, and how far it has travelled. Each word only when proven. */
export function SavedLine({ state, open, readOnly, onChanges }: Props): ReactNode {
  const { t } = useLingui()
  const { practising } = useHouse()
  if (state.status === 'not-saved')
    return (
      <div className="saved not" role="alert">
        <CircleAlert aria-hidden="true" />
        <span>{t(notSavedSentences[state.reason])}</span>
      </div>
    )
  if (state.status === 'unsaved')
    return (
      <div className="saved">
        <CircleDashed aria-hidden="true" />
        <span>
          <Trans>Saving …</Trans>
        </span>
      </div>
    )
  return (
    <div className="saved">
      <CircleCheck aria-hidden="true" />
      <span>
        {readOnly ? <Trans>Read only</Trans> : <Trans>Saved on this tablet {formatTime(new Date(state.at))}</Trans>}
        {' · '}
        {open.state === 'draft' ? (
          <Trans>not sent yet</Trans>
        ) : state.changed ? (
          <button type="button" className="link" onClick={onChanges}>
            <Trans>{t(stateWords[open.state])}, changes not sent</Trans>
          </button>
        ) : (
          t(stateWords[open.state])
        )}
      </span>
      {!practising && <WhoMayOpen circle={open.circle} />}
    </div>
  )
}

function WhoMayOpen({ circle }: { readonly circle: CircleKind }): ReactNode {
  const { t } = useLingui()
  const Icon = circle === 'team' ? UsersRound : UserRound
  return (
    <span className="who">
      <Icon aria-hidden="true" />
      {t(circleWords[circle])}
    </span>
  )
}
