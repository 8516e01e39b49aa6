import { useLingui } from '@lingui/react/macro'
import { useCombobox } from 'downshift'
import { ArrowUp, Search, X } from 'lucide-react'
import { useEffect, useMemo, useRef, useState, type ReactNode } from 'react'
import { Button } from './button.tsx'
import { Field } from './field.tsx'
import { found, prepareSearch, type SearchItem } from './search.ts'

/** More rows than this are not drawn at once; typing narrows them. */
const mostRows = 250

/** Room that the foot of the screen may take, in pixels. */
const foot = 96

/** Brings the box to the upper edge if its list would end below the screen. */
function showWhole(search: HTMLElement | null): void {
  const bottom = search?.querySelector('ul')?.getBoundingClientRect().bottom ?? 0
  if (bottom > innerHeight - foot) search?.scrollIntoView?.({ block: 'start' })
}

interface BoxProps {
  readonly items: readonly SearchItem[]
  readonly onPick: (value: string) => void
  /** Id of what names the box. */
  readonly labelledBy: string
  readonly describedBy?: string | undefined
  readonly placeholder?: string | undefined
  readonly wrong?: boolean
}

function SearchBox({ items, onPick, labelledBy, describedBy, placeholder, wrong }: BoxProps): ReactNode {
  const { t } = useLingui()
  const [typed, setTyped] = useState('')
  const matches = found(items, typed)
  const shown = matches.slice(0, mostRows)
  const box = useCombobox<SearchItem>({
    items: [...shown],
    inputValue: typed,
    selectedItem: null,
    itemToString: (item) => item?.label ?? '',
    itemToKey: (item) => item?.value,
    defaultHighlightedIndex: 0,
    onInputValueChange: ({ inputValue, type }) => {
      if (type === useCombobox.stateChangeTypes.InputKeyDownEscape) setTyped(inputValue)
    },
    onSelectedItemChange: ({ selectedItem }) => {
      if (!selectedItem) return
      setTyped('')
      onPick(selectedItem.value)
    },
  })
  const isFruitless = box.isOpen && shown.length === 0
  const { 'aria-labelledby': _, ...input } = box.getInputProps({
    'aria-describedby': describedBy,
    placeholder,
    // Not a moment later, when the next letter may have been typed already.
    onChange: (event) => setTyped(event.currentTarget.value),
    ...(isFruitless && { 'aria-activedescendant': undefined }),
  })
  const holder = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (!box.isOpen) return
    showWhole(holder.current)
    prepareSearch(items)
  }, [box.isOpen, items])
  return (
    <div className="search" ref={holder}>
      <div className={wrong ? 'box wrong' : 'box'}>
        <Search aria-hidden="true" />
        <Field {...input} type="text" aria-labelledby={labelledBy} aria-invalid={wrong || undefined} />
      </div>
      <ul {...box.getMenuProps({ 'aria-labelledby': labelledBy })}>
        {box.isOpen &&
          shown.map((item, index) => (
            <li key={item.value} {...box.getItemProps({ item, index })}>
              <span>{item.label}</span>
              {item.hint && <small>{item.hint}</small>}
            </li>
          ))}
      </ul>
      <p className="none" role="status">
        {isFruitless && t`Nothing found. Try another word.`}
      </p>
    </div>
  )
}

interface ChipProps {
  readonly label: string
  readonly rank?: number
  readonly onEarlier?: (() => void) | undefined
  readonly onRemove: () => void
}

function Chip({ label, rank, onEarlier, onRemove }: ChipProps): ReactNode {
  const { t } = useLingui()
  return (
    <li className="chip">
      {rank !== undefined && <span className="rank">{rank}</span>}
      <span className="grow">{label}</span>
      {onEarlier && (
        <Button look="quiet" icon aria-label={t`Move ${label} earlier`} onClick={onEarlier}>
          <ArrowUp aria-hidden="true" />
        </Button>
      )}
      <Button look="quiet" icon aria-label={t`Remove ${label}`} onClick={onRemove}>
        <X aria-hidden="true" />
      </Button>
    </li>
  )
}

interface Common extends Omit<BoxProps, 'onPick'> {
  /** What a chosen value is called that is not among the items. */
  readonly nameOf?: (value: string) => string
}

function labelOf({ items, nameOf }: Common, value: string): string {
  return items.find((item) => item.value === value)?.label ?? nameOf?.(value) ?? value
}

type OneProps = Common & { readonly value: string | undefined; readonly onChange: (value: string | undefined) => void }

/** One of many, found by typing. What is chosen takes the place of the box, and its focus, until it is removed. */
export function SearchList(props: OneProps): ReactNode {
  const { value, onChange } = props
  const holder = useRef<HTMLDivElement>(null)
  const remove = () => {
    onChange(undefined)
    requestAnimationFrame(() => holder.current?.querySelector('input')?.focus())
  }
  const pick = (picked: string) => {
    onChange(picked)
    requestAnimationFrame(() => holder.current?.querySelector('button')?.focus())
  }
  return (
    <div ref={holder}>
      {value === undefined ? (
        <SearchBox {...props} onPick={pick} />
      ) : (
        <ul className="chips">
          <Chip label={labelOf(props, value)} onRemove={remove} />
        </ul>
      )}
    </div>
  )
}

type SeveralProps = Common & {
  readonly values: readonly string[]
  readonly onChange: (values: readonly string[]) => void
  /** Their order means something: they are numbered, and can be moved. */
  readonly ordered?: boolean
}

/** Several of many: chosen ones stand above the box, in the order in which they were chosen. */
export function SearchListSeveral(props: SeveralProps): ReactNode {
  const { items, values, onChange, ordered } = props
  const holder = useRef<HTMLDivElement>(null)
  const remove = (value: string) => {
    onChange(values.filter((other) => other !== value))
    requestAnimationFrame(() => holder.current?.querySelector('input')?.focus())
  }
  const earlier = (index: number) =>
    onChange(values.with(index, values[index - 1] ?? '').with(index - 1, values[index] ?? ''))
  const numbered = ordered && values.length > 1
  return (
    <div ref={holder} className="stack">
      {values.length > 0 && (
        <ul className="chips">
          {values.map((value, index) => (
            <Chip
              key={value}
              label={labelOf(props, value)}
              {...(numbered && { rank: index + 1 })}
              onEarlier={numbered && index > 0 ? () => earlier(index) : undefined}
              onRemove={() => remove(value)}
            />
          ))}
        </ul>
      )}
      <SearchBox
        {...props}
        items={useRemaining(items, values)}
        onPick={(value) => onChange([...values.filter((other) => other !== value), value])}
      />
    </div>
  )
}

/** The same list as long as the same values are chosen, so that it is prepared for searching only once. */
function useRemaining(items: readonly SearchItem[], values: readonly string[]): readonly SearchItem[] {
  const key = values.join(' ')
  return useMemo(() => items.filter((item) => !key.split(' ').includes(item.value)), [items, key])
}
