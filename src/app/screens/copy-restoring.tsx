import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { FolderOpen } from 'lucide-react'
import { type ReactNode, useId, useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { FileInput } from '../../ui/file-input.tsx'
import { Notice } from '../../ui/notice.tsx'
import { OptionRow, Options } from '../../ui/option-row.tsx'
import type { CopyOpened, Restored, TeamView } from '../../vault/api.ts'
import { useHouse } from '../house.tsx'
import { teamName } from '../team-names.ts'
import { whenOf } from '../when.ts'
import { drawerWords, WordsEntry } from '../words-entry.tsx'
import { RestoredCounts } from './restored-counts.tsx'

type How = 'words' | 'account'

interface Chosen {
  readonly name: string
  readonly bytes: Uint8Array<ArrayBuffer>
}

/** Brings cases back from a copy: what is in it is said first, and what is here is never written over. */
export function CopyRestoring(): ReactNode {
  const { t } = useLingui()
  const { vault, boxAdded } = useHouse()
  const name = useId()
  const [file, setFile] = useState<Chosen>()
  const [how, setHow] = useState<How>('words')
  const [words, setWords] = useState<readonly string[]>([])
  const [opened, setOpened] = useState<CopyOpened | 'failed'>()
  const [restored, setRestored] = useState<Restored>()
  const [team, setTeam] = useState<TeamView>()
  const [busy, setBusy] = useState(false)
  const choose = async (chosen: File) => {
    setOpened(undefined)
    setRestored(undefined)
    setFile({ name: chosen.name, bytes: new Uint8Array(await chosen.arrayBuffer()) })
  }
  const open = async () => {
    if (!file) return
    setBusy(true)
    const opening = how === 'words' ? vault.openCopy(file.bytes, [...words]) : vault.openCopy(file.bytes)
    const result = await opening.catch(() => 'failed' as const)
    setTeam(await vault.team().catch(() => undefined))
    setOpened(result)
    setBusy(false)
    if (result !== 'failed' && result.status === 'opened') setWords([])
  }
  const restore = async (into?: string) => {
    setBusy(true)
    const done = await vault.restoreCopy(into).catch(() => undefined)
    setBusy(false)
    setOpened(done ? undefined : 'failed')
    setRestored(done)
    setFile(undefined)
    boxAdded()
  }
  const isOpen = opened !== undefined && opened !== 'failed' && opened.status === 'opened'
  return (
    <section className="card stack wide-gaps">
      <h2>
        <Trans>Bring cases back from a copy</Trans>
      </h2>
      <FileInput disabled={busy} onFile={(chosen) => void choose(chosen)}>
        <FolderOpen aria-hidden="true" /> <Trans>Choose the file</Trans>
      </FileInput>
      {file && (
        <p>
          <bdi dir="ltr">{file.name}</bdi>
        </p>
      )}
      {file && !isOpen && (
        <>
          <fieldset className="stack">
            <legend className="heading">
              <Trans>What opens it?</Trans>
            </legend>
            <Options>
              <OptionRow
                type="radio"
                name={name}
                label={t`The 24 words of the key for the drawer`}
                checked={how === 'words'}
                onChange={() => setHow('words')}
              />
              <OptionRow
                type="radio"
                name={name}
                label={t`My account: the case was sealed to it`}
                checked={how === 'account'}
                onChange={() => setHow('account')}
              />
            </Options>
          </fieldset>
          {how === 'words' && <WordsEntry words={words} onChange={setWords} />}
          {opened && <Missed opened={opened} />}
          <Button
            look="first"
            className="at-start"
            disabled={busy || (how === 'words' && words.length < drawerWords)}
            onClick={() => void open()}
          >
            {busy ? <Trans>Opening …</Trans> : <Trans>Look what is in it</Trans>}
          </Button>
        </>
      )}
      {isOpen && <Summary opened={opened} team={team} busy={busy} onRestore={(into) => void restore(into)} />}
      {restored?.status === 'restored' && <RestoredCounts restored={restored} />}
    </section>
  )
}

interface SummaryProps {
  readonly opened: Extract<CopyOpened, { status: 'opened' }>
  readonly team: TeamView | undefined
  readonly busy: boolean
  readonly onRestore: (into: string | undefined) => void
}

function Summary({ opened, team, busy, onRestore }: SummaryProps): ReactNode {
  const [into, setInto] = useState(team?.teams.find(({ home }) => home)?.circleId ?? team?.teams[0]?.circleId)
  return (
    <>
      <Notice live="status">
        <Trans>A copy from {whenOf(opened.at)}.</Trans>{' '}
        <Plural value={opened.cases} one="It holds # case." other="It holds # cases." />{' '}
        <Plural
          value={opened.fresh}
          _0="All of them are on this tablet."
          one="# of them is not on this tablet."
          other="# of them are not on this tablet."
        />{' '}
        {opened.ownDevice && <Trans>It was made on this tablet.</Trans>}
      </Notice>
      <p>
        <Trans>Nothing that is here is written over: what the copy has newer is put beside it.</Trans>
      </p>
      {team && team.teams.length > 1 && <WhichTeam team={team} into={into} onChoose={setInto} />}
      <Button look="first" className="at-start" disabled={busy} onClick={() => onRestore(into)}>
        {busy ? <Trans>Bringing them back …</Trans> : <Trans>Bring them back</Trans>}
      </Button>
    </>
  )
}

interface WhichProps {
  readonly team: TeamView
  readonly into: string | undefined
  readonly onChoose: (circleId: string) => void
}

/** Asked of somebody who is in several: the copy does not say which team of this tablet is the one that it knows. */
function WhichTeam({ team, into, onChoose }: WhichProps): ReactNode {
  const name = useId()
  return (
    <fieldset className="stack">
      <legend className="heading">
        <Trans>Which team do cases of a team go to?</Trans>
      </legend>
      <Options>
        {team.teams.map(({ circleId }) => (
          <OptionRow
            key={circleId}
            type="radio"
            name={name}
            label={teamName(team, circleId)}
            checked={circleId === into}
            onChange={() => onChoose(circleId)}
          />
        ))}
      </Options>
    </fieldset>
  )
}

function Missed({ opened }: { readonly opened: CopyOpened | 'failed' }): ReactNode {
  const status = opened === 'failed' ? opened : opened.status
  return (
    <Notice look="must" live="alert">
      {status === 'not-words' && (
        <Trans>
          These 24 words do not belong together: one is mistaken, or two have changed places. Nothing was changed.
          Compare them with the paper.
        </Trans>
      )}
      {status === 'other-key' && (
        <Trans>
          This copy is closed with another key. The copy is not harmed, and nothing was changed here. Look for the paper
          that belongs to it.
        </Trans>
      )}
      {status === 'damaged' && (
        <Trans>This file is no copy, or it is damaged. Nothing was changed here. Try another copy.</Trans>
      )}
      {status === 'failed' && (
        <Trans>The copy could not be read to its end. What is on this tablet was not changed. Try again.</Trans>
      )}
    </Notice>
  )
}
