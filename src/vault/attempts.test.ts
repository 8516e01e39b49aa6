import 'fake-indexeddb/auto'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openDatabase, type Database } from '../database.ts'
import { Attempts, delayAfter } from './attempts.ts'

describe('the wait after failed attempts', () => {
  let database: Database
  let time: number
  const clock = { now: () => new Date(0), monotonic: () => time }
  const bytes = new Uint8Array(0)

  beforeEach(async () => {
    time = 1_000
    database = openDatabase({}, `attempts-${Math.random()}`)
    const columns = {
      wipeVerifier: bytes,
      wrap: bytes,
      recovery: bytes,
      signingKey: bytes,
      pin: bytes,
      configurationPin: bytes,
    }
    await database.accounts.add({
      accountId: 'a',
      label: 'a',
      header: '',
      failed: 0,
      writes: 0,
      recipient: '',
      ...columns,
    })
  })
  afterEach(() => database.delete())

  test('is 0, 0, 0, 5 s, 30 s, 2 min, then 10 min each', () => {
    expect([0, 1, 2, 3, 4, 5, 6, 7, 8, 100].map((n) => delayAfter(n) / 1_000)).toEqual([
      0, 0, 0, 0, 5, 30, 120, 600, 600, 600,
    ])
  })

  test('runs on the monotonic clock', () => {
    const attempts = new Attempts(database, clock)
    expect(attempts.waitMs('a', 4)).toBe(5_000)
    time += 4_000
    expect(attempts.waitMs('a', 4)).toBe(1_000)
    time += 1_000
    expect(attempts.waitMs('a', 4)).toBe(0)
  })

  test('starts again after a reload, and when another tab has counted', () => {
    const before = new Attempts(database, clock)
    before.waitMs('a', 5)
    time += 29_000
    expect(new Attempts(database, clock).waitMs('a', 5)).toBe(30_000)
    expect(before.waitMs('a', 6)).toBe(120_000)
  })

  test('counts an attempt on the disk before it is made', async () => {
    const attempts = new Attempts(database, clock)
    expect(await attempts.begin('a')).toBe(1)
    expect(await attempts.begin('a')).toBe(2)
    expect((await database.accounts.get('a'))?.failed).toBe(2)
    await attempts.takeBack('a')
    expect((await database.accounts.get('a'))?.failed).toBe(1)
    await attempts.succeeded('a')
    expect((await database.accounts.get('a'))?.failed).toBe(0)
  })

  test('counts in memory where the disk has no room, and writes nothing', async () => {
    let room = true
    const full = openDatabase({ hasRoom: async () => room }, database.name)
    const attempts = new Attempts(full, clock)
    for (let n = 0; n < 3; n += 1) await attempts.begin('a')
    room = false
    expect(await attempts.begin('a')).toBe(3)
    expect(attempts.waitMs('a', 3)).toBe(5_000)
    await attempts.begin('a')
    expect(attempts.waitMs('a', 3)).toBe(30_000)
    await attempts.takeBack('a')
    expect(attempts.waitMs('a', 3)).toBe(5_000)
    await attempts.succeeded('a')
    expect((await full.accounts.get('a'))?.failed).toBe(3)
    room = true
    await attempts.succeeded('a')
    expect((await full.accounts.get('a'))?.failed).toBe(0)
    full.close()
  })
})
