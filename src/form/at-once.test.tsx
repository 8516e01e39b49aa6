// @vitest-environment happy-dom
import { I18nProvider } from '@lingui/react'
import { cleanup, render, screen, within } from '@testing-library/react'
import { useState, type ReactNode } from 'react'
import { afterEach, beforeAll, expect, it } from 'vitest'
import { variable as variableOf } from '../codebook/codebook.ts'
import { activate, i18n } from '../i18n/i18n.ts'
import { addPerpetrator, newDraft } from '../record/draft.ts'
import { begun, ids } from '../testing/a-case.ts'
import { fetchAhead } from '../ui/later.tsx'
import { ToastProvider } from '../ui/toast.tsx'
import { CaseFormProvider, useCaseForm } from './case-form.tsx'
import { SectionView } from './section-view.tsx'

beforeAll(() => activate('en'))
beforeAll(fetchAhead)
afterEach(cleanup)

const draft = addPerpetrator(newDraft({ now: begun, victimIds: [ids.worker] }), ids.recruiter)

function ASection({ sections }: { readonly sections: readonly [key: string, sought?: string][] }): ReactNode {
  const value = useCaseForm(draft, { now: begun, steps: [1, 2, 3] })
  const [nth, setNth] = useState(0)
  const [section, sought] = sections[nth] ?? ['event']
  return (
    <CaseFormProvider value={value}>
      <SectionView section={section} sought={sought} nth={nth} onRemoved={() => undefined} />
      <button type="button" onClick={() => setNth(nth + 1)}>
        On
      </button>
    </CaseFormProvider>
  )
}

function show(...sections: readonly [key: string, sought?: string][]) {
  const wrapper = ({ children }: { readonly children: ReactNode }) => (
    <I18nProvider i18n={i18n}>
      <ToastProvider>{children}</ToastProvider>
    </I18nProvider>
  )
  render(<ASection sections={sections} />, { wrapper })
}

/** Taps as a browser does. What is drawn when the task of the tap is over is in the next picture: no timer is waited for. */
async function tap(element: HTMLElement): Promise<void> {
  const inTests = globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }
  inTests.IS_REACT_ACT_ENVIRONMENT = false
  try {
    element.click()
    await Promise.resolve()
  } finally {
    inTests.IS_REACT_ACT_ENVIRONMENT = true
  }
}

const question = (code: string) => screen.queryByRole('group', { name: variableOf(code).question })
const deeper = () => screen.getByText('More detail (step 2)')

it('a tap is judged, and what it asks and no longer asks is drawn, before the next picture', async () => {
  show([ids.recruiter])
  const kind = within(question('x3pls') as HTMLElement)
  await tap(kind.getByRole('radio', { name: 'Legal entity' }))
  expect(within(question('sxp') as HTMLElement).queryByRole('radio')).toBeNull()
  await tap(kind.getByRole('radio', { name: 'Natural person' }))
  expect(within(question('sxp') as HTMLElement).getAllByRole('radio').length).toBeGreaterThan(1)
})

it('a fold opens with its questions in it, and closes by another tap', async () => {
  show(['event'])
  expect(question('moc')).toBeNull()
  await tap(deeper())
  expect(question('moc')?.closest('details')?.open).toBe(true)
  await tap(deeper())
  expect([question('moc'), document.querySelector<HTMLDetailsElement>('details.more')?.open]).toEqual([null, false])
})

it('a fold that opened for a sought question can be closed by hand, and opens when one is sought in it anew', async () => {
  show(['event', 'moc'], ['event', 'exp'], ['event', 'moc'])
  const on = async () => await tap(screen.getByRole('button', { name: 'On' }))
  expect(question('moc')).not.toBeNull()
  await tap(deeper())
  expect(question('moc')).toBeNull()
  await on()
  expect(question('moc')).toBeNull()
  await on()
  expect(question('moc')).not.toBeNull()
})

it('a fold that opened for a sought question stays open when another one is sought', async () => {
  show(['event', 'moc'], ['event', 'exp'])
  await tap(screen.getByRole('button', { name: 'On' }))
  expect(question('moc')).not.toBeNull()
})
