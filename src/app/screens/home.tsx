import { Trans } from '@lingui/react/macro'
import { FilePlus2 } from 'lucide-react'
import { type ReactNode, useEffect, useState } from 'react'
import { withWords } from '../../i18n/with-words.ts'
import { showCaseCode } from '../../record/ids.ts'
import { Button } from '../../ui/button.tsx'
import { later, OnItsWay } from '../../ui/later.tsx'
import type { CaseList, CaseSummary, Tidied } from '../../vault/api.ts'
import { standsFirst } from '../case-list.ts'
import { countDiagnostic } from '../diagnostics.ts'
import { useHouse } from '../house.tsx'
import { flushAll } from '../leaving.ts'
import { TopBar } from '../top-bar.tsx'
import { useNewCase } from '../use-new-case.ts'
import { whenOf } from '../when.ts'
import { Cases } from './case-list.tsx'

const CopyLine = later(async () => (await withWords(import('./copy-line.tsx'))).CopyLine)
const HomeNotices = later(async () => (await withWords(import('./home-notices.tsx'))).HomeNotices)
const NothingPromised = later(async () => (await withWords(import('./home-notices.tsx'))).NothingPromised)
const OldDrafts = later(async () => (await withWords(import('./old-drafts.tsx'))).OldDrafts)
const OutboxLine = later(async () => (await withWords(import('./outbox-line.tsx'))).OutboxLine)
const RoomLeft = later(async () => (await withWords(import('./room-left.tsx'))).RoomLeft)
const WholeOrNot = later(async () => (await withWords(import('./whole-or-not.tsx'))).WholeOrNot)
const WhereLeft = later(async () => (await withWords(import('./where-left.tsx'))).WhereLeft)
const Tour = later(async () => (await withWords(import('./tour.tsx'))).Tour)

/** What there is to do: the case that was open last, what waits, all cases, and a new one. */
export function Home(): ReactNode {
  const house = useHouse()
  const [list, reload] = useCaseList()
  const { busy, begin, space, refused } = useNewCase()
  const [now] = useState(() => Date.now())
  const last = list?.cases.filter(unfinished).toSorted(byNewest)[0]
  return (
    <>
      <TopBar title={<Trans>Daybook</Trans>} />
      <main className="page">
        {house.tour && <Tour />}
        <News list={list} />
        {(space !== 'enough' || refused) && <RoomLeft space={space} refused={refused} />}
        {list && <OldDrafts cases={list.cases} now={now} last={last?.id} onChanged={reload} />}
        {last && !standsFirst(last, now) && <Continue last={last} />}
        <div className="stack">
          <OutboxLine />
          {!house.practising && <NothingPromised />}
          {list && <CopyLine cases={list.cases.length} tooLong={list.tooLong} now={now} />}
        </div>
        {list === undefined && (
          <OnItsWay>
            <Trans>Opening your cases …</Trans>
          </OnItsWay>
        )}
        {list?.cases.length === 0 && <Empty busy={busy} onBegin={begin} />}
        {list !== undefined && list.cases.length > 0 && (
          <Cases cases={list.cases} now={now} busy={busy} onBegin={begin} />
        )}
      </main>
    </>
  )
}

function useCaseList(): readonly [CaseList | undefined, () => void] {
  const { vault, carried, tidied } = useHouse()
  const moved = (tidied?.migrated ?? 0) + (tidied?.overdue ?? 0)
  const [list, setList] = useState<CaseList>()
  const [nth, setNth] = useState(0)
  useEffect(() => {
    let here = true
    // The case that was just left may still be on its way to the disk.
    const read = async () => {
      await flushAll()
      return await vault.list()
    }
    void read().then((cases) => {
      if (cases.unreadable > 0) countDiagnostic('unreadable')
      if (here) setList(cases)
    })
    return () => {
      here = false
    }
  }, [vault, carried, moved, nth])
  return [list, () => setNth(nth + 1)]
}

const isWhole = (tidied: Tidied | undefined): boolean =>
  tidied === undefined || (tidied.changed.length === 0 && tidied.gone.length === 0 && tidied.logIntact)

/** What may have happened while nobody was here: fetched where something did. */
function News({ list }: { readonly list: CaseList | undefined }): ReactNode {
  const { settingsChanged, tidied, taken, setTaken, practising } = useHouse()
  const unreadable = list?.unreadable ?? 0
  const news = {
    settingsChanged,
    overdue: tidied?.overdue ?? 0,
    letGo: tidied?.letGo ?? 0,
    later: list?.later ?? 0,
    taken: practising ? 0 : taken,
  }
  return (
    <>
      {list && (unreadable > 0 || !isWhole(tidied)) && <WholeOrNot unreadable={unreadable} />}
      {Object.values(news).some(Boolean) && <HomeNotices {...news} onTakenRead={() => setTaken(0)} />}
    </>
  )
}

const byNewest = (a: CaseSummary, b: CaseSummary): number => Date.parse(b.changedAt) - Date.parse(a.changedAt)
const unfinished = (one: CaseSummary): boolean => !one.closed && (one.state === 'draft' || one.changedSinceSent)

function Continue({ last }: { readonly last: CaseSummary }): ReactNode {
  const { go } = useHouse()
  return (
    <section className="card continue" aria-label={showCaseCode(last.code)}>
      <div>
        <h2>
          <Trans>
            Case <bdi dir="ltr">{showCaseCode(last.code)}</bdi>
          </Trans>
          <WhereLeft key={last.id} id={last.id} changedAt={last.changedAt} />
        </h2>
        <p className="small">
          <Trans>saved {whenOf(last.changedAt)}</Trans>
        </p>
      </div>
      <Button look="first" onClick={() => go({ name: 'case', id: last.id })}>
        <Trans>Continue</Trans>
      </Button>
    </section>
  )
}

function Empty({ busy, onBegin }: { readonly busy: boolean; readonly onBegin: () => void }): ReactNode {
  const { organisation, practise } = useHouse()
  return (
    <section className="nothing-yet">
      <FilePlus2 aria-hidden="true" />
      <h2>
        <Trans>No case yet</Trans>
      </h2>
      <p>
        {organisation ? (
          <Trans>
            Answer what you know and stop at any moment: everything is saved on this tablet as you type, with or without
            a network. Nothing leaves before you send it, and then only sealed for <bdi>{organisation.name}</bdi>.
          </Trans>
        ) : (
          <Trans>Answer what you know and stop at any moment: everything is saved on this tablet as you type.</Trans>
        )}
      </p>
      <Button look="first" disabled={busy} onClick={onBegin}>
        <Trans>New case</Trans>
      </Button>
      <Button look="quiet" onClick={() => practise(true)}>
        <Trans>Practice with invented cases</Trans>
      </Button>
    </section>
  )
}
