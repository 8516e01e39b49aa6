import { useLingui } from '@lingui/react/macro'
import { type ReactNode, useRef, useState } from 'react'
import { completeWord, fold } from '../seal/passphrase.ts'
import { Button } from '../ui/button.tsx'
import { TextInput } from '../ui/text-input.tsx'

interface Props {
  readonly label: string
  /** One word of the list, or several where several were pasted. */
  readonly onWords: (words: readonly string[]) => void
  /** What is wrong with the word that was given last. */
  readonly complaint?: string | undefined
}

/** One word of the list of 2,048: offered as soon as its beginning is typed, taken when it can be no other. */
export function WordInput({ label, onWords, complaint }: Props): ReactNode {
  const { t } = useLingui()
  const [typed, setTyped] = useState('')
  const [unknown, setUnknown] = useState(false)
  const holder = useRef<HTMLFormElement>(null)
  const offered = completeWord(typed, 6)
  const give = (words: readonly string[]) => {
    setTyped('')
    setUnknown(false)
    onWords(words)
    holder.current?.querySelector('input')?.focus()
  }
  const enter = (text: string) => {
    const words = text.trim().split(/\s+/).map(wholeWord)
    if (words.every((word) => word !== undefined)) return give(words)
    setTyped(text.trim())
    setUnknown(true)
  }
  const change = (text: string) => {
    if (/\S\s/.test(text)) return enter(text)
    setUnknown(false)
    setTyped(text)
  }
  const help = unknown ? t`This is no word of the list. Compare it with the paper.` : complaint
  return (
    <form
      ref={holder}
      className="stack"
      onSubmit={(event) => {
        event.preventDefault()
        enter(typed)
      }}
    >
      <TextInput
        label={label}
        dir="ltr"
        lang="en"
        value={typed}
        onChange={change}
        wrong={help !== undefined}
        help={<span aria-live="polite">{help ?? t`The first letters are enough. Then tap the word.`}</span>}
      />
      {offered.length > 0 && (
        <div className="together" role="group" aria-label={t`Words that begin so`}>
          {offered.map((word) => (
            <Button key={word} lang="en" dir="ltr" onClick={() => give([word])}>
              {word}
            </Button>
          ))}
        </div>
      )}
    </form>
  )
}

/** The only word that begins so, or the one that is whole already. */
function wholeWord(typed: string): string | undefined {
  const [first, second] = completeWord(typed, 2)
  return first === fold(typed) || second === undefined ? first : undefined
}
