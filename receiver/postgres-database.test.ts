import { describe, expect, it } from 'vitest'
import { openPostgresStore } from './postgres-database.ts'
import { ReceiverError } from './receiver-error.ts'
import { firstOrg } from './store.ts'
import { aPostgres } from './testing/a-postgres.ts'
import { databaseOf } from './testing/a-receiver.ts'
import { aBatchFrom, aDeviceIn } from './testing/filling.ts'

describe('a PostgreSQL', () => {
  it('that loses its power has what it promised, and is used again when it is back', { timeout: 60_000 }, async () => {
    const server = await aPostgres()
    try {
      const store = await openPostgresStore(await server.database('tests'))
      const deviceId = await aDeviceIn(store)
      const promised: string[] = []
      const sending = (async () => {
        for (;;) {
          const batch = await aBatchFrom(deviceId, 2)
          const kept = await store.keepBoxes(batch).then(
            () => 'kept',
            (error: unknown) => error,
          )
          if (kept !== 'kept') return kept
          promised.push(...batch.boxes.map(({ id }) => id))
        }
      })()
      await expect.poll(() => promised.length).toBeGreaterThan(20)
      await server.crash()
      const error = await sending
      expect(error).toBeInstanceOf(ReceiverError)
      expect((error as ReceiverError).reason).toBe('store-unreachable')
      const ids = (await store.listBoxes(firstOrg, 0, 100_000)).map(({ id }) => id)
      expect(promised.filter((id) => !ids.includes(id))).toEqual([])
      expect(new Set(ids).size).toBe(ids.length)
      await store.keepBoxes(await aBatchFrom(deviceId, 1))
      await store.close()
    } finally {
      await server.stop()
    }
  })

  it('that is not there, or does not know us, is told apart', async () => {
    const reasonOf = async (url: string) =>
      await openPostgresStore(url).then(
        () => 'opened',
        (error: unknown) => (error instanceof ReceiverError ? error.reason : error),
      )
    const { database = '' } = await databaseOf('none')
    expect(await reasonOf('postgres://daybook@127.0.0.1:1/none')).toBe('store-unreachable')
    expect(await reasonOf(database.replace(/[^/]*$/, 'nothing_here'))).toBe('store-refused')
    expect(await reasonOf(database.replace('daybook@', 'stranger@'))).toBe('store-refused')
    for (const url of ['mysql://x', 'receiver.db', '']) expect(await reasonOf(url)).toBe('bad-database')
  })
})
