import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { Download } from 'lucide-react'
import { type ReactNode, useEffect, useState } from 'react'
import { utf8 } from '../../seal/bytes.ts'
import { fold } from '../../seal/fold.ts'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import { OptionRow, Options } from '../../ui/option-row.tsx'
import { download } from '../hand-out.ts'
import { useHouse } from '../house.tsx'
import type { Closing, MadeExport } from '../make-export.ts'
import { TopBar } from '../top-bar.tsx'
import { useAsked } from '../use-asked.ts'
import { PassphraseInput } from './passphrase-input.tsx'

type How = Closing['how']
type Wrong = 'passphrase' | 'wait' | 'short' | 'again' | 'failed'

/** Hands the finished cases out as tables: sealed by default, plain only after the passphrase and a warning. */
export function ExportScreen(): ReactNode {
  const { t } = useLingui()
  const { vault, organisation } = useHouse()
  const [how, setHow] = useState<How>(organisation ? 'organisation' : 'passphrase')
  const [passphrase, setPassphrase] = useState('')
  const [again, setAgain] = useState('')
  const [wrong, setWrong] = useState<Wrong>()
  const asked = useAsked()
  const [busy, setBusy] = useState(false)
  const [made, setMade] = useState<MadeExport>()
  useEffect(() => setHow(organisation ? 'organisation' : 'passphrase'), [organisation])

  const choose = (next: How) => {
    setHow(next)
    setWrong(undefined)
    setPassphrase('')
    setAgain('')
  }
  const permitted = async (): Promise<Wrong | undefined> => {
    if (how === 'organisation') return undefined
    if (how === 'passphrase') return passphrase.length < 14 ? 'short' : passphrase === again ? undefined : 'again'
    const answer = await vault.samePassphrase(utf8(fold(passphrase)))
    return answer.status === 'right' ? undefined : answer.status === 'wait' ? 'wait' : 'passphrase'
  }
  const make = async () => {
    setBusy(true)
    setMade(undefined)
    const problem = await permitted()
    setWrong(problem)
    if (!problem) {
      const closing: Closing =
        how === 'organisation'
          ? { how, recipients: organisation?.recipients ?? [] }
          : how === 'passphrase'
            ? { how, passphrase }
            : { how }
      try {
        const { makeExport } = await import('../make-export.ts')
        const result = await makeExport(vault, closing, asked)
        if (result.cases > 0) download(result.blob, result.fileName)
        setMade(result)
        setPassphrase('')
        setAgain('')
      } catch {
        setWrong('failed')
      }
    }
    setBusy(false)
  }

  return (
    <>
      <TopBar title={<Trans>Export</Trans>} />
      <main className="page narrow">
        <p>
          <Trans>
            The finished cases as tables (events, victims, perpetrators, links, reporting entities) with the codebook
            beside them, in one ZIP file. Drafts are not in it.
          </Trans>
        </p>
        <form
          className="stack wide-gaps"
          onSubmit={(event) => {
            event.preventDefault()
            void make()
          }}
        >
          <fieldset className="stack">
            <legend className="heading">
              <Trans>Who shall be able to open the file?</Trans>
            </legend>
            <Options>
              {organisation && (
                <OptionRow
                  type="radio"
                  name="closing"
                  label={t`Only your organisation`}
                  hint={t`Sealed to its keys. The usual way.`}
                  checked={how === 'organisation'}
                  onChange={() => choose('organisation')}
                />
              )}
              <OptionRow
                type="radio"
                name="closing"
                label={t`Whoever knows a passphrase for this file`}
                hint={t`Opens with the standard age command or another age program`}
                checked={how === 'passphrase'}
                onChange={() => choose('passphrase')}
              />
              <OptionRow
                type="radio"
                name="closing"
                label={t`Everyone: a plain file`}
                hint={t`Lands outside the protection of Daybook`}
                checked={how === 'plain'}
                onChange={() => choose('plain')}
              />
            </Options>
          </fieldset>
          {how === 'passphrase' && (
            <>
              <PassphraseInput
                label={t`Passphrase for this file`}
                help={t`At least 14 signs. Not the one of your account.`}
                value={passphrase}
                onChange={setPassphrase}
                wrong={wrong === 'short'}
              />
              <PassphraseInput
                label={t`Type it once more`}
                value={again}
                onChange={setAgain}
                wrong={wrong === 'again'}
              />
            </>
          )}
          {how === 'plain' && (
            <>
              <Notice look="warn">
                <Trans>
                  A plain file can be read by everyone who gets hold of this tablet, its memory card or its cloud
                  copies, and deleting it does not erase it for certain. The audit trail notes that it was made.
                </Trans>
              </Notice>
              <PassphraseInput
                label={t`Your passphrase`}
                value={passphrase}
                onChange={setPassphrase}
                wrong={wrong === 'passphrase'}
              />
            </>
          )}
          {wrong && (
            <Notice look="must" live="alert">
              <WrongSentence wrong={wrong} />
            </Notice>
          )}
          <Button look={how === 'plain' ? 'danger' : 'first'} type="submit" disabled={busy}>
            <Download aria-hidden="true" /> {busy ? <Trans>Making the file …</Trans> : <Trans>Make the file</Trans>}
          </Button>
        </form>
        {made && <Made made={made} />}
      </main>
    </>
  )
}

function WrongSentence({ wrong }: { readonly wrong: Wrong }): ReactNode {
  switch (wrong) {
    case 'passphrase':
      return <Trans>That is not your passphrase. No file was made.</Trans>
    case 'wait':
      return <Trans>Too many tries in a row: please wait a moment. No file was made.</Trans>
    case 'short':
      return <Trans>A passphrase for a file needs at least 14 signs. No file was made.</Trans>
    case 'again':
      return <Trans>The two are not the same. No file was made.</Trans>
    case 'failed':
      return <Trans>The file could not be made. The cases on this tablet were not changed.</Trans>
  }
}

function Made({ made }: { readonly made: MadeExport }): ReactNode {
  if (made.cases === 0)
    return (
      <Notice live="status">
        <Trans>There is no finished case yet, so no file was made. Send a case first; drafts are never exported.</Trans>
      </Notice>
    )
  const withdrawn = made.leftOut.withdrawnCases + made.leftOut.withdrawnVictims
  return (
    <Notice look="derived" live="status">
      <Trans>
        <bdi dir="ltr">{made.fileName}</bdi> was handed to the browser's downloads.
      </Trans>{' '}
      <Plural value={made.cases} one="It holds # case." other="It holds # cases." />{' '}
      {withdrawn > 0 && <Plural value={withdrawn} one="Left out as withdrawn: #." other="Left out as withdrawn: #." />}{' '}
      {made.notAgreed > 0 && (
        <Plural
          value={made.notAgreed}
          one="# victim in it has not agreed that data are passed on: keep the file inside your organisation."
          other="# victims in it have not agreed that data are passed on: keep the file inside your organisation."
        />
      )}{' '}
      {made.unreadable > 0 && (
        <Plural value={made.unreadable} one="# case could not be opened." other="# cases could not be opened." />
      )}
    </Notice>
  )
}
