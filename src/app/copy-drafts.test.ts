import { expect, test, vi } from 'vitest'
import type { VaultClient } from '../vault/vault-client.ts'
import { copyDrafts } from './copy-drafts.ts'
import { beforeLeaving } from './leaving.ts'

const aVault = (copyDrafts: (id?: string) => Promise<number>) => ({ copyDrafts }) as unknown as VaultClient['api']

test('a case that is left is copied after its last words, and the box may leave at once', async () => {
  const said: string[] = []
  const vault = aVault(async (id) => (said.push(`copied ${id}`), 1))
  const left = beforeLeaving(async () => (said.push('saved'), true))
  await copyDrafts(vault, () => said.push('sent'), 'one')
  expect(said).toEqual(['saved', 'copied one', 'sent'])
  left()
})

test('nothing is sent where no copy was made, and a vault that was locked meanwhile is no failure', async () => {
  const boxAdded = vi.fn()
  await copyDrafts(
    aVault(async () => 0),
    boxAdded,
  )
  await copyDrafts(
    aVault(async () => await Promise.reject(new Error('locked'))),
    boxAdded,
    'one',
  )
  expect(boxAdded).not.toHaveBeenCalled()
})
