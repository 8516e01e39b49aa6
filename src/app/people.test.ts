// @vitest-environment happy-dom
import 'fake-indexeddb/auto'
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { activate } from '../i18n/i18n.ts'
import { ATablet, folded, savedCase } from '../testing/a-tablet.ts'
import type { VaultApi } from '../vault/api.ts'
import type { VaultClient } from '../vault/vault-client.ts'
import { actsOf, type Room, watchTime } from './people.ts'

const pin = '428193'
const theirs = 'Puerto Nuevo, 4 faros'
const halfAnHour = 30 * 60_000

let tablet: ATablet
let now: { current: Room }
let ended: Set<VaultClient>
let people: ReturnType<typeof actsOf>
let first: string
let second: string
let covered = 0
const left = vi.spyOn(location, 'replace').mockImplementation(() => undefined)

function client(vault: VaultApi): VaultClient {
  const one: VaultClient = {
    api: vault as unknown as VaultClient['api'],
    end: () => void ended.add(one),
    onNews: () => () => undefined,
  }
  return one
}

beforeAll(() => activate('en'))
beforeEach(async () => {
  left.mockClear()
  covered = 0
  ended = new Set()
  tablet = new ATablet()
  const blue = await tablet.withAccount({ pin })
  first = blue.accountId
  second = (await tablet.withAccount({ label: 'Green', pin, passphrase: folded(theirs) })).accountId
  now = { current: { seat: { nth: 0, client: client(blue.vault) }, aside: [] } }
  people = actsOf(
    now,
    (room) => void (now.current = room),
    () => client(tablet.tab()),
  )
})
afterEach(() => tablet.database.delete())

/** The open account steps aside, as at "Another person". */
async function aside(): Promise<VaultClient> {
  const { client: working } = now.current.seat
  const session = await working.api.session()
  if (!session) throw new Error('nobody is open')
  people.stepAside({ session, settingsChanged: false, screen: { name: 'home' } }, () => covered, halfAnHour)
  return working
}

const sitDown = async (accountId: string, passphrase: string) =>
  await now.current.seat.client.api.unlock(accountId, folded(passphrase))

describe('another person', () => {
  it('works with a vault of their own, while the one before stays open in its own', async () => {
    const own = await savedCase(now.current.seat.client.api as unknown as VaultApi)
    const blue = await aside()
    await sitDown(second, theirs)
    expect(ended).toEqual(new Set())
    expect((await now.current.seat.client.api.list()).cases).toEqual([])
    await expect(now.current.seat.client.api.open(own.id)).rejects.toMatchObject({ reason: 'cannot-open' })
    expect((await blue.api.list()).cases).toHaveLength(1)
    expect(left).not.toHaveBeenCalled()
  })

  it('gives back the seat by the PIN of who was there before; the vault that nobody opened ends', async () => {
    const blue = await aside()
    const { client: fresh } = now.current.seat
    expect(await people.checkPin(first, '000000')).toBe('wrong')
    expect(await people.checkPin(first, pin)).toBe('right')
    people.goBack(first)
    expect(now.current.seat).toMatchObject({ client: blue, resume: { session: { accountId: first } } })
    expect(now.current.aside).toEqual([])
    expect(ended).toEqual(new Set([fresh]))
  })

  it('ends the shift alone: who is covered stays, and the page too; the last one leaves it', async () => {
    const blue = await aside()
    await sitDown(second, theirs)
    const { client: green } = now.current.seat
    people.end()
    await expect.poll(() => now.current.seat.client).not.toBe(green)
    expect(ended).toEqual(new Set([green]))
    expect(await green.api.session()).toBeUndefined()
    expect(left).not.toHaveBeenCalled()
    people.goBack(first)
    people.end()
    await expect.poll(() => left.mock.calls).toEqual([['/locked']])
    expect(await blue.api.session()).toBeUndefined()
  })

  it('is covered for half an hour at most, and the keys are gone then, whoever works meanwhile', async () => {
    const blue = await aside()
    await sitDown(second, theirs)
    const stop = watchTime(now, people.endCovered)
    covered = halfAnHour - 1
    document.dispatchEvent(new Event('visibilitychange'))
    expect(now.current.aside).toHaveLength(1)
    covered = halfAnHour
    document.dispatchEvent(new Event('visibilitychange'))
    expect(now.current.aside).toEqual([])
    await expect.poll(() => ended.has(blue)).toBe(true)
    expect(await blue.api.session()).toBeUndefined()
    expect(await now.current.seat.client.api.session()).toMatchObject({ accountId: second })
    expect(left).not.toHaveBeenCalled()
    stop()
  })

  it('leaves the page when the last one who was covered has ended and nobody has sat down', async () => {
    await aside()
    for (const digits of ['111111', '222222']) expect(await people.checkPin(first, digits)).toBe('wrong')
    expect(await people.checkPin(first, '333333')).toBe('lock')
    people.endCovered(first)
    await expect.poll(() => left.mock.calls).toEqual([['/locked']])
  })
})
