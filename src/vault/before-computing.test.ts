import { argon2id } from 'hash-wasm'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { kdfLimits } from '../seal/argon2.ts'
import { ATablet, folded } from '../testing/a-tablet.ts'

// Watched, not replaced.
vi.mock('hash-wasm', { spy: true })

let tablet: ATablet
let accountId: string
beforeEach(async () => {
  tablet = new ATablet()
  accountId = (await tablet.withAccount()).accountId
  vi.mocked(argon2id).mockClear()
})
afterEach(() => tablet.database.delete())

async function headerWith(change: object): Promise<void> {
  const row = await tablet.database.accounts.get(accountId)
  const header = JSON.parse(row?.header ?? '') as { kdf: object }
  const changed = { ...header, kdf: { ...header.kdf, ...change } }
  await tablet.database.accounts.update(accountId, { header: JSON.stringify(changed) })
}

test('an unlock computes once, with what the header says', async () => {
  expect(await tablet.tab().unlock(accountId, folded())).toMatchObject({ status: 'opened' })
  expect(vi.mocked(argon2id)).toHaveBeenCalledOnce()
  expect(vi.mocked(argon2id).mock.calls[0]?.[0]).toMatchObject({ memorySize: 19_456, iterations: 2, parallelism: 1 })
})

test.each([
  ['less memory', { m: kdfLimits.m[0] - 1 }],
  ['no memory', { m: 0 }],
  ['one pass', { t: 1 }],
  ['a memory bomb', { m: kdfLimits.m[1] + 1 }],
  ['a memory bomb beyond what a number holds', { m: 2 ** 53 }],
  ['a time bomb', { t: kdfLimits.t[1] + 1 }],
  ['more lanes', { p: 2 }],
  ['a short salt', { salt: 'AAAA' }],
  ['another algorithm', { alg: 'argon2i' }],
])('a header with %s is refused without a single computation, and counts as no attempt', async (_, change) => {
  await headerWith(change)
  await expect(tablet.tab().unlock(accountId, folded())).rejects.toMatchObject({ name: 'SealError' })
  expect(vi.mocked(argon2id)).not.toHaveBeenCalled()
  expect((await tablet.database.accounts.get(accountId))?.failed).toBe(0)
})
