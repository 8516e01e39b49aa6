import { Trans, useLingui } from '@lingui/react/macro'
import { type ReactNode, useEffect, useMemo, useState } from 'react'
import { formatDay, formatNumber, formatTime } from '../../i18n/format.ts'
import { showCaseCode } from '../../record/ids.ts'
import { Notice } from '../../ui/notice.tsx'
import { OnItsWay } from '../../ui/later.tsx'
import { Select } from '../../ui/text-input.tsx'
import { WindowedList } from '../../ui/windowed-list.tsx'
import type { Trail, TrailEntry } from '../../vault/api.ts'
import { doneWords } from '../done-words.ts'
import { useHouse } from '../house.tsx'
import { TopBar } from '../top-bar.tsx'
import { LogCompared, NotRead } from './log-compared.tsx'

interface Line {
  readonly key: string
  readonly entry: TrailEntry
  /** Of the case that it was done with, where that is still known. */
  readonly code: string | undefined
  /** The first line of its day. */
  readonly day: string | undefined
}

/** The log of what was done with the cases of this account's circles, newest first. */
export function WhatWasDone(): ReactNode {
  const { t } = useLingui()
  const { organisation } = useHouse()
  const asked = useTrail()
  const [wish, setWish] = useState({ who: '', code: '' })
  const all = useMemo(() => (asked && asked !== 'failed' ? linesOf(asked.trails, asked.codes) : []), [asked])
  const lines = useMemo(() => byDay(all.filter((line) => fits(line, wish))), [all, wish])
  const choices = (values: readonly string[], label: (value: string) => string) =>
    [...new Set(values)].toSorted().map((value) => ({ value, label: label(value) }))
  return (
    <>
      <TopBar title={<Trans>What was done</Trans>} />
      <main className="page narrow">
        {asked === undefined ? (
          <OnItsWay>
            <Trans>Opening …</Trans>
          </OnItsWay>
        ) : asked === 'failed' ? (
          <NotRead />
        ) : (
          <>
            <Whole trails={asked.trails} />
            {organisation && <LogCompared />}
            <div className="filter-fields">
              <Select
                label={t`Who`}
                none={t`Everybody`}
                choices={choices(
                  all.map(({ entry }) => entry.who).filter((who) => who !== ''),
                  (who) => who,
                )}
                value={wish.who}
                onChange={(who) => setWish({ ...wish, who })}
              />
              <Select
                label={t`Case`}
                none={t`All cases`}
                choices={choices(
                  all.flatMap(({ code }) => (code === undefined ? [] : [code])),
                  showCaseCode,
                )}
                value={wish.code}
                onChange={(code) => setWish({ ...wish, code })}
              />
            </div>
            <WindowedList items={lines} keyOf={keyOf} draw={draw} label={t`What was done`} className="card done" />
          </>
        )}
      </main>
    </>
  )
}

function Whole({ trails }: { readonly trails: readonly Trail[] }): ReactNode {
  return trails.every(({ intact }) => intact) ? (
    <Notice look="derived">
      <Trans>This list is whole: each line is sealed to the one before it, and none is missing or changed.</Trans>
    </Notice>
  ) : (
    <Notice look="warn">
      <Trans>
        This list has a gap, or was changed outside of Daybook. Your cases are not affected. Tell your lead.
      </Trans>
    </Notice>
  )
}

type Asked = { readonly trails: readonly Trail[]; readonly codes: ReadonlyMap<string, string> } | 'failed'

function useTrail(): Asked | undefined {
  const { vault } = useHouse()
  const [asked, setAsked] = useState<Asked>()
  useEffect(() => {
    let here = true
    void Promise.all([vault.trail(), vault.list()]).then(
      ([trails, { cases }]) =>
        here && setAsked({ trails, codes: new Map(cases.map(({ id, code }) => [id, code] as const)) }),
      () => here && setAsked('failed'),
    )
    return () => {
      here = false
    }
  }, [vault])
  return asked
}

/** Of all circles, newest first; within one circle in the order of its log, whatever the clock said. */
export function linesOf(trails: readonly Trail[], codes: ReadonlyMap<string, string>): readonly Line[] {
  return trails
    .flatMap(({ entries }, nth) =>
      entries.map((entry): Line => {
        const code = entry.line?.code ?? (entry.target === undefined ? undefined : codes.get(entry.target))
        return { key: `${nth}/${entry.n}`, entry, code, day: undefined }
      }),
    )
    .toSorted((a, b) => Date.parse(b.entry.time) - Date.parse(a.entry.time))
}

const fits = ({ entry, code }: Line, wish: { readonly who: string; readonly code: string }): boolean =>
  (wish.who === '' || entry.who === wish.who) && (wish.code === '' || code === wish.code)

const dayOf = ({ entry }: Line): string => formatDay(new Date(entry.time))

const byDay = (lines: readonly Line[]): readonly Line[] =>
  lines.map((line, at) => {
    const before = lines[at - 1]
    return before && dayOf(before) === dayOf(line) ? line : { ...line, day: dayOf(line) }
  })

const keyOf = ({ key }: Line): string => key
const draw = (line: Line): ReactNode => <Done line={line} />

function Done({ line: { entry, code, day } }: { readonly line: Line }): ReactNode {
  const { t } = useLingui()
  return (
    <>
      {day !== undefined && <h2>{day}</h2>}
      <p>
        <span className="num small">{formatTime(new Date(entry.time))}</span>{' '}
        <span>
          {t(doneWords[entry.action])}
          {entry.count !== undefined && <span className="num"> × {formatNumber(entry.count)}</span>}
          {code !== undefined && (
            <>
              {' · '}
              <b className="num whole-word">
                <bdi dir="ltr">{showCaseCode(code)}</bdi>
              </b>
            </>
          )}
        </span>{' '}
        <span className="small">{entry.who === '' ? <Trans>an account of before</Trans> : <bdi>{entry.who}</bdi>}</span>
      </p>
    </>
  )
}
