import { describe, expect, test } from 'vitest'
import { pinOf } from './configuration.ts'
import { openSetup, readSetupLink, setupLinkSchema, setupSha, writeSetup, writeSetupLink } from './setup.ts'
import vectors from './vectors/setup.json' with { type: 'json' }

const lines = vectors.links.map(({ name, url, link }) => ({ name, url, link: setupLinkSchema.parse(link) }))

describe('set-up links', () => {
  test.each(lines)('are written and read: $name', ({ url, link }) => {
    expect(writeSetupLink(vectors.appUrl, link)).toBe(url)
    expect(writeSetupLink(`${vectors.appUrl}/`, link)).toBe(url)
    expect(readSetupLink(url)).toEqual(link)
  })

  test('are read from a pasted part, with space around it', () => {
    const [{ url, link } = { url: '', link: undefined }] = lines
    const token = url.replace(/.*\//, '')
    for (const text of [`#/setup/${token}`, `/setup/${token}`, token, ` ${url}\n`]) {
      expect(readSetupLink(text)).toEqual(link)
    }
  })

  test.each(vectors.refusedLinks)('are refused: $name', ({ text }) => {
    expect(() => readSetupLink(text)).toThrow(expect.objectContaining({ name: 'BatchError', reason: 'bad-setup' }))
  })

  test('are not written where no tablet would read them', () => {
    const write = () => writeSetupLink(vectors.appUrl, { u: 'http://receiver.example', h: vectors.sha256 })
    expect(write).toThrow(expect.objectContaining({ reason: 'bad-setup' }))
  })

  test('with any sign changed lead nowhere, or to another document than the one named', async () => {
    const url = lines[1]?.url ?? ''
    const from = url.indexOf('/setup/') + 7
    for (let at = from; at < url.length; at += 23) {
      const changed = url.slice(0, at) + (url[at] === 'A' ? 'B' : 'A') + url.slice(at + 1)
      const opened = async () => {
        const link = readSetupLink(changed)
        const same = link.h === vectors.sha256 && 'b' in link && link.b === vectors.document
        return same ? 'only the code changed' : openSetup('b' in link ? link.b : '', link.h)
      }
      await opened().then(
        (result) => expect(result).toBe('only the code changed'),
        (error: unknown) => expect(error).toMatchObject({ name: 'BatchError' }),
      )
    }
  })
})

describe('set-up documents', () => {
  test('open where their digest is the one in the link', async () => {
    const { document, sha256, configurationText, profileText } = vectors
    expect(await setupSha(document)).toBe(sha256)
    expect(writeSetup({ configuration: configurationText, profile: profileText })).toBe(document)
    const setup = await openSetup(document, sha256)
    expect([setup.configurationText, setup.profileText]).toEqual([configurationText, profileText])
    expect(setup.profile.name).toBe('An invented organisation')
    expect(setup.configuration.label).toBe('our office')
  })

  test('are held against the pin of a device that has one', async () => {
    const { configuration } = await openSetup(vectors.document, vectors.sha256)
    const again = openSetup(vectors.document, vectors.sha256, pinOf(configuration))
    await expect(again).rejects.toMatchObject({ reason: 'older' })
  })

  test.each(vectors.refusedDocuments)('are refused: $name', async ({ document, h, reason }) => {
    await expect(openSetup(document, h)).rejects.toMatchObject({ name: 'BatchError', reason })
  })
})
