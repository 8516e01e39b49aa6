import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { findBelow, findNumberBelow, formsOf } from './canary.ts'
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

test('a number is found where it stands by itself, in either width, and not within a longer one', () => {
  const folder = temporaryFolder('scan')
  writeFileSync(join(folder, 'plain'), 'pin":"739164","at":1')
  writeFileSync(join(folder, 'wide'), Buffer.from('x739164y', 'utf16le'))
  writeFileSync(join(folder, 'longer'), '1739164 7391640 0.739164')
  const hits = findNumberBelow(folder, ['739164'])
  expect(hits.map(({ file }) => file).toSorted()).toEqual(['/plain', '/wide'])
  removeFolder(folder)
})
