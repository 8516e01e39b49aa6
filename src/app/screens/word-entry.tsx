import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { Eye, EyeOff, Undo2 } from 'lucide-react'
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import { fold } from '../../seal/fold.ts'
import { completeWord } from '../../seal/passphrase.ts'
import { Button } from '../../ui/button.tsx'
import { TextInput } from '../../ui/text-input.tsx'

interface Props {
  /** The words so far, with a space between them. */
  readonly value: string
  readonly onChange: (value: string) => void
  readonly wrong: boolean
}

const fewest = 2
const most = 8

/** A phrase of offered words: two or three letters of each, then one tap. The words stay covered unless asked for. */
export function WordEntry({ value, onChange, wrong }: Props): ReactNode {
  const { t } = useLingui()
  const [beginning, setBeginning] = useState('')
  const [shown, setShown] = useState(false)
  const area = useRef<HTMLDivElement>(null)
  const words = value === '' ? [] : value.split(' ')
  const letters = fold(beginning)
  const found = letters.length < fewest ? [] : completeWord(beginning, most)
  const sure = found.find((word) => word === letters) ?? (found.length === 1 ? found[0] : undefined)
  const focus = () => area.current?.querySelector('input')?.focus()
  // The field comes with the tap that asked for it, so the keyboard may stand there at once.
  useEffect(() => area.current?.querySelector('input')?.focus(), [])

  const take = (word: string) => {
    onChange([...words, word].join(' '))
    setBeginning('')
    focus()
  }
  const typed = (text: string) => {
    if (sure !== undefined && text === `${beginning} `) take(sure)
    else setBeginning(text.trimStart())
  }
  const pressed = (event: KeyboardEvent) => {
    if (event.key === 'Backspace' && beginning === '') onChange(words.slice(0, -1).join(' '))
    if (event.key !== 'Enter' || beginning === '') return
    event.preventDefault()
    if (sure !== undefined) take(sure)
  }
  return (
    <div className="stack" ref={area}>
      <TextInput
        label={t`Next word: its first letters`}
        value={beginning}
        onChange={typed}
        onKeyDown={pressed}
        wrong={wrong}
        lang="en"
        dir="ltr"
      />
      <div className="chips" role="group" aria-label={t`Words that begin so`}>
        {found.map((word) => (
          <Button key={word} lang="en" onClick={() => take(word)}>
            {word}
          </Button>
        ))}
      </div>
      <p className="small" role="status">
        {letters.length >= fewest && found.length === 0 && <Trans>No word of the list begins so.</Trans>}
        {found.length === most && <Trans>Not there? One more letter.</Trans>}
        {letters.length < fewest && <Plural value={words.length} one="# word so far." other="# words so far." />}
      </p>
      {words.length > 0 && (
        <>
          <ol className="word-list" aria-label={t`Words so far`}>
            {words.map((word, at) => (
              <li key={`${at}-${word}`}>{shown ? <bdi lang="en">{word}</bdi> : <span aria-hidden="true">•••</span>}</li>
            ))}
          </ol>
          <div className="together">
            <Button
              look="quiet"
              onClick={() => {
                onChange(words.slice(0, -1).join(' '))
                focus()
              }}
            >
              <Undo2 aria-hidden="true" /> <Trans>Take back the last word</Trans>
            </Button>
            <Button look="quiet" aria-pressed={shown} onClick={() => setShown(!shown)}>
              {shown ? <EyeOff aria-hidden="true" /> : <Eye aria-hidden="true" />}{' '}
              {shown ? <Trans>Cover the words</Trans> : <Trans>Show the words</Trans>}
            </Button>
          </div>
        </>
      )}
    </div>
  )
}
