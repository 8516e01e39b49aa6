// @vitest-environment happy-dom
import { I18nProvider } from '@lingui/react'
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react'
import { readdir, readFile } from 'node:fs/promises'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { activate, i18n } from '../../i18n/i18n.ts'
import { isCaseCode } from '../../record/ids.ts'
import { withAnswer } from '../../record/draft.ts'
import { ATablet, savedCase } from '../../testing/a-tablet.ts'
import type { VaultClient } from '../../vault/vault-client.ts'
import type { People } from '../people.ts'
import { Opened } from '../opened.tsx'
import { practiceVault } from './practice-vault.ts'
import { fetchAhead } from '../../ui/later.tsx'

const alone: People = {
  covered: [],
  stepAside: () => undefined,
  end: () => undefined,
  checkPin: async () => 'lock',
  goBack: () => undefined,
  endCovered: () => undefined,
}

beforeAll(() => activate('en'))
beforeAll(fetchAhead)
afterEach(cleanup)

describe('practice', () => {
  it('begins with invented cases whose codes are told from real ones at a glance', async () => {
    const { cases } = await practiceVault().list()
    expect(cases).toHaveLength(2)
    for (const { code } of cases) expect([isCaseCode(code), code.startsWith('000000')]).toEqual([true, true])
  })

  it('lets a case be written and sent as far as practice goes: it stays in memory and is called received by nobody', async () => {
    const vault = practiceVault()
    const [first] = (await vault.list()).cases
    const open = await vault.open(first?.id ?? '')
    const [victim] = open.draft.victims
    const draft = withAnswer(open.draft, victim?.id ?? '', 'agv', 31)
    expect(await vault.save(open.id, open.rev, draft, { section: 'send' })).toMatchObject({ status: 'saved' })
    expect(await vault.finish(open.id, open.rev + 1)).toMatchObject({ status: 'finished', state: 'tablet-only' })
    expect(await vault.open(open.id)).toMatchObject({ draft, state: 'tablet-only', changedSinceSent: false })
    expect((await practiceVault().list()).cases.map(({ state }) => state)).toEqual(['draft', 'draft'])
  })

  it('says what blocks sending, as the real one does', async () => {
    const vault = practiceVault()
    const fresh = await vault.newCase()
    expect(await vault.finish(fresh.id, 1)).toMatchObject({ status: 'blocked' })
  })

  it('refuses whatever could reach the real cases', async () => {
    const vault = practiceVault()
    await expect(vault.finishedRevisions()).rejects.toThrow('not in practice')
    await expect(vault.remove('any')).rejects.toThrow('not in practice')
    await expect(vault.adopt('any')).rejects.toThrow('not in practice')
  })

  it('knows vault, outbox and database by their types alone', async () => {
    for (const file of (await readdir('src/app/practice')).filter((name) => !name.includes('.test.'))) {
      const code = await readFile(`src/app/practice/${file}`, 'utf8')
      const imports = code.match(/^import (?!type).* from '.*(vault|outbox|database|batch|seal).*'$/gm)
      expect(imports, file).toBeNull()
    }
  })

  it('leaves record, revision, box and log as they were, from entering to leaving', async () => {
    const tablet = new ATablet()
    const { vault } = await tablet.withAccount()
    await savedCase(vault)
    const session = await vault.session()
    if (!session) throw new Error('locked')
    const locks = { request: async (_: string, __: unknown, use: (lock: object) => unknown) => await use({}) }
    Object.defineProperty(navigator, 'locks', { value: locks, configurable: true })
    render(
      <I18nProvider i18n={i18n}>
        <Opened
          client={{ api: vault as unknown as VaultClient['api'], end: () => undefined, onNews: () => () => undefined }}
          session={session}
          settingsChanged={false}
          people={alone}
          outbox={undefined}
          blocked={false}
          updates={undefined}
          sendNow={async () => undefined}
          boxAdded={() => undefined}
          delivery={() => undefined}
          offeredLink={undefined}
          forgetLink={() => undefined}
        />
      </I18nProvider>,
    )
    await screen.findByText('2 victims, 1 perpetrator', {}, { timeout: 10_000 })
    const before = await tablet.everything()

    fireEvent.click(screen.getByRole('button', { name: 'Menu' }))
    fireEvent.click(screen.getByRole('button', { name: 'Practice with invented cases' }))
    const line = await screen.findByRole('button', { name: /^000 000 011.*1 victim/ })
    expect(screen.getByText(/Practice: invented cases/)).toBeDefined()
    expect(screen.queryByText('2 victims, 1 perpetrator')).toBeNull()

    fireEvent.click(line)
    fireEvent.click(await screen.findByRole('button', { name: /^Check and send/ }, { timeout: 10_000 }))
    expect(screen.getByText(/Practice: invented cases/)).toBeDefined()
    fireEvent.click(await screen.findByRole('button', { name: 'Send this version' }))
    await screen.findByText('Sent versions')
    await act(async () => void (await new Promise((done) => setTimeout(done, 1_200))))

    fireEvent.click(screen.getByRole('button', { name: 'Leave practice' }))
    await screen.findByText('2 victims, 1 perpetrator')
    expect(screen.queryAllByText('000 000 011')).toEqual([])
    expect(await tablet.everything()).toEqual(before)
    await tablet.database.delete()
  })
})
