import { expose, wrap } from 'comlink'
import { expect, test } from 'vitest'
import { VaultError } from './vault-error.ts'
import { carryErrors } from './wire.ts'

test('a planned reason comes over as it is; anything else as the storage, without its words, and is counted', async () => {
  let unplanned = 0
  carryErrors(() => void unplanned++)
  const { port1, port2 } = new MessageChannel()
  const worker = {
    busy: () => {
      throw new VaultError('busy')
    },
    broken: () => {
      throw new TypeError('Canary Quillfeather 0199')
    },
  }
  expose(worker, port1)
  const page = wrap<typeof worker>(port2)
  await expect(page.busy()).rejects.toMatchObject({ reason: 'busy' })
  expect(unplanned).toBe(0)
  await expect(page.broken()).rejects.toMatchObject({ reason: 'store', message: 'vault: store' })
  expect(unplanned).toBe(1)
  port1.close()
})
