import { describe, expect, test } from 'vitest'
import { readSetupLink } from '../batch/setup.ts'
import { writeSheet } from '../batch/setup-sheet.ts'
import { withCodes, type Scanned } from './scanned.ts'

const random = () => [...crypto.getRandomValues(new Uint8Array(2500))].map((byte) => byte.toString(36)).join('')
const aSheet = async () => await writeSheet({ document: random(), code: 'code-1234' })
const nothing: Scanned = { status: 'nothing' }
const missingIn = (scanned: Scanned) => (scanned.status === 'parts' ? scanned.missing : undefined)

describe('what is scanned', () => {
  test('is collected in any order, says what is missing, and becomes a link with the last part', async () => {
    const [first = '', second = '', ...rest] = await aSheet()
    const numbers = rest.map((_, i) => i + 3)
    let now = await withCodes(nothing, [second])
    expect(missingIn(now)).toEqual([1, ...numbers])
    now = await withCodes(now, [second])
    expect(missingIn(now)).toEqual([1, ...numbers])
    now = await withCodes(now, rest.toReversed())
    expect(missingIn(now)).toEqual([1])
    now = await withCodes(now, [])
    expect(missingIn(now)).toEqual([1])
    now = await withCodes(now, [first])
    expect(now.status === 'link' && readSetupLink(now.link).c).toBe('code-1234')
  })

  test('is a link at once where the code is one', async () => {
    const link = 'https://app.example/#/setup/abc'
    expect(await withCodes(nothing, [link])).toEqual({ status: 'link', link: '#/setup/abc' })
  })

  test('begins anew with another sheet, and keeps its parts where another code is seen beside', async () => {
    const [[one = ''], [other = '', ...more]] = [await aSheet(), await aSheet()]
    const begun = await withCodes(nothing, [one, other])
    expect(missingIn(begun)).toEqual(more.map((_, i) => i + 2))
    expect(await withCodes(begun, ['https://shop.example'])).toEqual(begun)
    expect(await withCodes(nothing, ['https://shop.example'])).toEqual({ status: 'strange' })
  })

  test('is refused where the parts do not fit together, and can be begun again', async () => {
    const [first = '', ...rest] = await aSheet()
    const changed = first.slice(0, -1) + (first.endsWith('A') ? 'B' : 'A')
    const refused = await withCodes(nothing, [changed, ...rest])
    expect(refused).toEqual({ status: 'changed' })
    expect((await withCodes(refused, [first, ...rest])).status).toBe('link')
  })
})
