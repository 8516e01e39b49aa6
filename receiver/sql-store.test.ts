import Database from 'libsql'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { issueCode } from './codes.ts'
import { openEmbeddedStore } from './embedded-database.ts'
import { migrating } from './migrations.ts'
import { openPostgresStore } from './postgres-database.ts'
import type { Row, SqlDatabase, Steps } from './sql.ts'
import { SqlStore } from './sql-store.ts'
import { firstOrg, type Store } from './store.ts'
import { aFolder, databaseOf } from './testing/a-receiver.ts'
import { aBatchFrom, aDeviceIn, enrolling } from './testing/filling.ts'

let folder: string
const stores: Store[] = []
beforeEach(async () => {
  folder = await aFolder()
  await databaseOf(folder)
})
afterEach(async () => {
  for (const store of stores.splice(0)) await store.close()
  await rm(folder, { recursive: true, force: true })
})

/** A store of its own on the one database of the test, as another process has it. */
async function another(): Promise<Store> {
  const { database } = await databaseOf(folder)
  const store =
    database === undefined
      ? openEmbeddedStore(join(folder, 'receiver.db'))
      : await openPostgresStore(database, { connections: 4 })
  stores.push(store)
  return store
}

describe('several processes on one database', () => {
  it('may begin at the same moment', async () => {
    const opened = await Promise.all(Array.from({ length: 6 }, another))
    await Promise.all(opened.map((store) => store.check()))
  })

  it('number boxes without a gap, and whoever lists meanwhile never meets a number that comes later', async () => {
    const writers = [await another(), await another(), await another()]
    const reader = await another()
    const devices = await Promise.all(writers.map(aDeviceIn))
    const seen: number[] = []
    let writing = true
    const listing = (async () => {
      for (let done = false; !done;) {
        done = !writing
        await new Promise(setImmediate)
        const listed = await reader.listBoxes(firstOrg, seen.at(-1) ?? 0, 1000)
        seen.push(...listed.map(({ n }) => n))
      }
    })()
    await Promise.all(
      writers.map(async (store, i) => {
        for (let batch = 0; batch < 20; batch += 1) await store.keepBoxes(await aBatchFrom(devices[i] ?? '', 3))
      }),
    )
    writing = false
    await listing
    expect(seen).toEqual(Array.from({ length: 180 }, (_, i) => i + 1))
  })

  it('keep a box once that both are given at the same moment', async () => {
    const [one, other] = [await another(), await another()]
    const deviceId = await aDeviceIn(one)
    for (let round = 0; round < 10; round += 1) {
      const batch = await aBatchFrom(deviceId, 2)
      await Promise.all([one.keepBoxes(batch), other.keepBoxes(batch)])
    }
    const listed = await one.listBoxes(firstOrg, 0, 1000)
    expect(listed.map(({ n }) => n)).toEqual(Array.from({ length: 20 }, (_, i) => i + 1))
    expect(new Set(listed.map(({ id }) => id)).size).toBe(20)
  })

  it('give one code to one device, however many ask at the same moment', async () => {
    const opened = [await another(), await another(), await another()]
    const { code } = await issueCode(opened[0] as Store, firstOrg, Date.now())
    const asked = Array.from({ length: 12 }, (_, i) => enrolling(opened[i % 3] as Store, code))
    const answers = (await Promise.all(asked)).map(({ status }) => status)
    expect(answers.filter((status) => status === 'enrolled')).toHaveLength(1)
    expect(answers.filter((status) => status === 'code-spent')).toHaveLength(11)
  })
})

describe('what is read page by page', () => {
  /** How the embedded database would find what a store asks for; it gives nothing but one organisation. */
  async function plansOf(work: (store: SqlStore) => Promise<unknown>): Promise<string[]> {
    const database = new Database(':memory:')
    const through = <T>(steps: Steps<T>, answer: (sql: string, values: readonly unknown[]) => Row[]): T => {
      let step = steps.next()
      while (!step.done) step = steps.next(answer(step.value.sql, step.value.values))
      return step.value
    }
    through(migrating(), (sql, values) => {
      const statement = database.prepare(sql)
      if (statement.reader) return statement.all([...values]) as Row[]
      statement.run([...values])
      return []
    })
    const plans: string[] = []
    const run = async <T>(steps: Steps<T>): Promise<T> =>
      through(steps, (sql, values) => {
        if (sql.includes('FROM orgs')) return [{ org: firstOrg }]
        for (const { detail } of database.prepare(`EXPLAIN QUERY PLAN ${sql}`).all([...values]) as { detail: string }[])
          plans.push(detail)
        return []
      })
    const explaining: SqlDatabase = {
      run,
      transaction: (begin) => run(begin()),
      overwriteOld: async () => false,
      close: async () => undefined,
    }
    await work(new SqlStore(explaining))
    database.close()
    return plans
  }

  it('is found in its order, so that a page takes as long as it is, however many there are', async () => {
    const plans = await plansOf(async (store) => {
      await store.listBoxes(firstOrg, 0, 100)
      await store.listReceipts(firstOrg, 'B'.repeat(22), 0, 50)
      await store.receiptsBefore(firstOrg, 1, 0, 100)
      for await (const _ of store.everything()) continue
    })
    expect(plans.filter((plan) => plan.includes('boxes_in_order'))).not.toHaveLength(0)
    expect(plans.filter((plan) => plan.includes('TEMP B-TREE'))).toEqual([])
  })
})
