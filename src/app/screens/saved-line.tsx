import { Trans, useLingui } from '@lingui/react/macro'
import { CircleAlert, CircleCheck, CircleDashed, UserRound, UsersRound } from 'lucide-react'
import { type ReactNode, useEffect, useRef, useState } from 'react'
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
export function SavedLine(props: Props): ReactNode {
  const { t } = useLingui()
  const { state, open } = props
  const word = open.state === 'draft' ? t`not sent yet` : t(stateWords[open.state])
  const isChanged = open.state !== 'draft' && state.status === 'saved' && state.changed
  const travelled = isChanged ? t`${t(stateWords[open.state])}, changes not sent` : word
  const said = useSaid(state.status, t`All is saved (${travelled})`)
  return (
    <>
      <Line {...props} />
      <span className="unseen" role="status">
        {said}
      </span>
    </>
  )
}

/**
 * What is read aloud: nothing when a case is opened; then the first save, and each that says something else than the one
 * before. The hour is left out of it, and the moments of saving, or every pause in typing would be spoken of.
 */
function useSaid(status: SaveState['status'], saved: string): string {
  const [said, setSaid] = useState('')
  const before = useRef({ status, saved })
  useEffect(() => {
    const last = before.current
    before.current = { status, saved }
    if (status === 'not-saved') setSaid('')
    if (status === 'saved' && (last.status !== 'saved' || last.saved !== saved)) setSaid(saved)
  }, [status, saved])
  return said
}

function Line(props: Props): ReactNode {
  const { t } = useLingui()
  const { state, open } = props
  const { practising } = useHouse()
  if (state.status === 'not-saved')
    return (
      <div className="saved not" role="alert">
        <CircleAlert aria-hidden="true" />
        <span>{t(notSavedSentences[state.reason])}</span>
      </div>
    )
  const isSaved = state.status === 'saved'
  return (
    <div className="saved">
      {isSaved ? <CircleCheck aria-hidden="true" /> : <CircleDashed aria-hidden="true" />}
      {isSaved ? (
        <span>
          <Words {...props} at={state.at} changed={state.changed ?? false} />
        </span>
      ) : (
        <span className="instead">
          <span>
            <Trans>Saving …</Trans>
          </span>
          <span aria-hidden="true">
            <Words {...props} at={open.changedAt} changed={open.state !== 'draft'} />
          </span>
        </span>
      )}
      {!practising && <WhoMayOpen circle={open.circle} />}
    </div>
  )
}

interface WordsProps extends Props {
  readonly at: string
  readonly changed: boolean
}

function Words({ at, changed, open, readOnly, onChanges }: WordsProps): ReactNode {
  const { t } = useLingui()
  return (
    <>
      {readOnly ? <Trans>Read only</Trans> : <Trans>Saved on this tablet {formatTime(new Date(at))}</Trans>}
      {' · '}
      {open.state === 'draft' ? (
        <Trans>not sent yet</Trans>
      ) : changed ? (
        <button type="button" className="link" onClick={onChanges}>
          <Trans>{t(stateWords[open.state])}, changes not sent</Trans>
        </button>
      ) : (
        t(stateWords[open.state])
      )}
    </>
  )
}

function WhoMayOpen({ circle }: { readonly circle: CircleKind }): ReactNode {
  const { t } = useLingui()
  const Icon = circle === 'team' ? UsersRound : UserRound
  return (
    <span className="who" role="img" aria-label={t(circleWords[circle])}>
      <Icon aria-hidden="true" />
      <span className="on-wide">{t(circleWords[circle])}</span>
    </span>
  )
}
