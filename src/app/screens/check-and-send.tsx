import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { ChevronRight, CircleAlert, CircleDashed, Send, TriangleAlert } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { useCase } from '../../form/case-context.ts'
import { type Check, checkLists } from '../../form/checks.ts'
import { useHoldUndo } from '../../form/case-undo.ts'
import { PersonMark } from '../../form/marks.tsx'
import { eventInShort, kindsOfVictims, placeAndTime } from '../../form/plain-summary.ts'
import { formatMoment } from '../../i18n/format.ts'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import type { Finished, OpenCase } from '../../vault/api.ts'
import { useHouse } from '../house.tsx'
import { stateWords } from '../sentences.ts'
import { type Autosaving, useSaveState } from '../use-autosave.ts'
import { ClosedNotice, MoreActs } from './more-acts.tsx'
import { SentChanges } from './sent-changes.tsx'

interface Props {
  readonly open: OpenCase
  readonly saving: Autosaving
  readonly readOnly: boolean
  readonly onGo: (section: string, code?: string) => void
  readonly onSent: () => void
}

/** What stands between the draft and a version that is sent: what must be mended, what to check, what is still open. */
export function CheckAndSend({ open, saving, readOnly, onGo, onSent }: Props): ReactNode {
  const { t } = useLingui()
  const { vault, organisation, settingsChanged, boxAdded } = useHouse()
  const { draft, judgement, steps, asked } = useCase()
  const holdUndo = useHoldUndo()
  const lists = checkLists(draft, judgement, { steps, asked })
  const [busy, setBusy] = useState(false)
  const before = open.sent
  const [answer, setAnswer] = useState<Exclude<Finished, { status: 'finished' }>>()
  const unconfirmed = lists.check.filter((check) => check.confirm && !check.confirm.confirmed).length
  const state = useSaveState(saving)
  const nothingNew = open.history.length > 0 && state.status === 'saved' && !state.changed

  const send = async () => {
    setBusy(true)
    setAnswer(undefined)
    const goOn = holdUndo()
    await saving.flush()
    const finished = await vault
      .finish(saving.target().id, saving.target().rev)
      .catch((): Finished => ({ status: 'not-saved', reason: 'store' }))
    setBusy(false)
    if (finished.status !== 'finished') {
      goOn()
      return setAnswer(finished)
    }
    boxAdded()
    onSent()
  }
  return (
    <section className="unit" aria-labelledby="section-title">
      <header className="stack">
        <h1 id="section-title" tabIndex={-1}>
          <Trans>Check and send</Trans>
        </h1>
        <Summary />
      </header>
      <div className="stack wide-gaps">
        <ClosedNotice open={open} saving={saving} readOnly={readOnly} onDone={onSent} />
        <History open={open} />
        {before && <SentChanges sent={before} readOnly={readOnly} onGo={onGo} />}
        {lists.must.length > 0 && (
          <CheckList title={t`Must be answered or mended first`} look="must" checks={lists.must} onGo={onGo} />
        )}
        {lists.check.length > 0 && <CheckList title={t`Please check`} look="warn" checks={lists.check} onGo={onGo} />}
        {lists.open.length > 0 && (
          <CheckList title={t`Still open; may stay so`} look="open" checks={lists.open} onGo={onGo} />
        )}
        {lists.leftOut.length > 0 && (
          <CheckList
            title={t`Kept from before; left out of this version`}
            look="open"
            checks={lists.leftOut}
            onGo={onGo}
          />
        )}
        {lists.must.length + lists.check.length + lists.open.length === 0 && (
          <Notice look="derived">
            <Trans>Step 1 is complete and nothing disagrees.</Trans>
          </Notice>
        )}
        {answer && (
          <Notice look="must" live="alert">
            <NotSent answer={answer} />
          </Notice>
        )}
        <div className="stack">
          <Button
            look="first"
            wide
            disabled={busy || readOnly || settingsChanged || lists.must.length > 0 || nothingNew}
            onClick={() => void send()}
          >
            <Send aria-hidden="true" /> {busy ? <Trans>Sealing …</Trans> : <Trans>Send this version</Trans>}
          </Button>
          <p className="small">
            {nothingNew ? (
              <Trans>Nothing has changed since the last version.</Trans>
            ) : organisation && organisation.endpointHost === undefined ? (
              <Trans>
                It is sealed for <bdi>{organisation.name}</bdi> and waits until you save it as a file. You can go on
                adding later.
              </Trans>
            ) : organisation ? (
              <Trans>
                It is sealed for <bdi>{organisation.name}</bdi> and leaves when there is a network. You can go on adding
                later.
              </Trans>
            ) : (
              <Trans>
                No organisation is set up: this version stays on this tablet only. You can go on adding later.
              </Trans>
            )}{' '}
            {unconfirmed > 0 && (
              <Plural
                value={unconfirmed}
                one="# check is not confirmed; it travels as it is."
                other="# checks are not confirmed; they travel as they are."
              />
            )}
          </p>
        </div>
        <MoreActs open={open} saving={saving} readOnly={readOnly} onDone={onSent} />
      </div>
    </section>
  )
}

/** In plain words, without a name. */
function Summary(): ReactNode {
  const { draft, judgement, asked } = useCase()
  const where = placeAndTime(judgement, asked)
  const kinds = kindsOfVictims(draft, judgement, asked)
  return (
    <div className="stack">
      <p>{eventInShort(draft, judgement)}</p>
      {where !== '' && <p className="small">{where}</p>}
      {kinds.length > 0 && (
        <ul className="small">
          {kinds.map((kind) => (
            <li key={kind}>{kind}</li>
          ))}
        </ul>
      )}
    </div>
  )
}

/** Every version that was sent, and how far each one is. */
export function History({ open }: { readonly open: OpenCase }): ReactNode {
  const { t } = useLingui()
  if (open.history.length === 0) return null
  return (
    <section className="card stack" aria-labelledby="sent-versions">
      <h2 id="sent-versions">
        <Trans>Sent versions</Trans>
      </h2>
      <dl className="facts">
        {open.history.map((line) => (
          <div key={line.revision} className="fact">
            <dt>
              <Trans>Version {line.revision}</Trans>
              {' · '}
              {formatMoment(line.at)}
            </dt>
            <dd>{t(stateWords[line.state])}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

const icons = { must: CircleAlert, warn: TriangleAlert, open: CircleDashed } as const

interface ListProps {
  readonly title: string
  readonly look: keyof typeof icons
  readonly checks: readonly Check[]
  readonly onGo: Props['onGo']
}

function CheckList({ title, look, checks, onGo }: ListProps): ReactNode {
  const { t } = useLingui()
  const { confirm } = useCase()
  const Icon = icons[look]
  return (
    <section className={`checks ${look}`} aria-label={title}>
      <h2>
        <Icon aria-hidden="true" /> {title} <span className="num small">{checks.length}</span>
      </h2>
      <ul className="stack">
        {checks.map((check) => (
          <li key={check.key} className="check-line">
            <button type="button" className="jump" onClick={() => onGo(check.section, check.code)}>
              <span className="grow">
                <span>{check.text}</span>
                {check.answer !== undefined && (
                  <b>
                    <bdi>{check.answer}</bdi>
                  </b>
                )}
                <span className="small">
                  {check.sectionTitle} <PersonMark id={check.section} word />
                </span>
              </span>
              <ChevronRight className="onward" aria-hidden="true" />
            </button>
            {check.confirm && (
              <Button
                look="quiet"
                aria-pressed={check.confirm.confirmed}
                onClick={() => check.confirm && confirm(check.confirm.rule, check.confirm.at, !check.confirm.confirmed)}
              >
                {check.confirm.confirmed ? t`Confirmed` : t`It is right so`}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}

function NotSent({ answer }: { readonly answer: Exclude<Finished, { status: 'finished' }> }): ReactNode {
  switch (answer.status) {
    case 'blocked':
      return <Trans>Something must be mended first; see the list. The draft is saved and nothing was sent.</Trans>
    case 'changed':
      return <Trans>This case was changed elsewhere meanwhile. Nothing was sent; open it again from the list.</Trans>
    case 'settings-changed':
      return (
        <Trans>
          Settings have been changed or are not from your organisation. Sending is stopped. Cases stay here.
        </Trans>
      )
    case 'withdrawn':
      return <Trans>This case was withdrawn. Nothing can be changed or sent in it any more.</Trans>
    case 'is-copy':
      return (
        <Trans>
          This is the second version of a case and cannot be sent itself. Take over what you need in the first version
          and send that one. Nothing was sent and both are kept.
        </Trans>
      )
    case 'too-large':
      return (
        <Trans>
          Not sent: this case has grown too large for one version. All of it is saved on this tablet and nothing is
          lost. Shorten long texts, or record some of the people in a second case, then send again.
        </Trans>
      )
    default:
      return answer.reason === 'quota' ? (
        <Trans>Not sent: this tablet is full. The draft is still here; free some space and try again.</Trans>
      ) : (
        <Trans>Not sent: the browser's storage did not answer. The draft is still here; try again.</Trans>
      )
  }
}
