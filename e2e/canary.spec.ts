import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { findBelow, formsOf } from './canary.ts'
import { removeFolder, temporaryFolder } from './house.ts'

test('the scanner itself finds a planted text in each form, and nothing where nothing was planted', () => {
  const folder = temporaryFolder('scan')
  const text = 'qZ7canary41Xw'
  for (const [form, bytes] of formsOf(text)) {
    const below = join(folder, form.replaceAll('+', '-'))
    mkdirSync(below)
    writeFileSync(join(below, 'file'), Buffer.concat([Buffer.from('before'), bytes, Buffer.from('after')]))
  }
  writeFileSync(join(folder, 'b64'), Buffer.from(`xy${text}z`).toString('base64'))
  const { hits } = findBelow(folder, [text])
  for (const form of formsOf(text).keys()) expect(hits.map((hit) => hit.form)).toContain(`${text}: ${form}`)
  expect(hits.some((hit) => hit.file === '/b64')).toBe(true)
  expect(findBelow(folder, ['another9Text']).hits).toEqual([])
  removeFolder(folder)
})
