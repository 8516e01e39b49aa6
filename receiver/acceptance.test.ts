import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest'
import { accept } from './acceptance.ts'
import type { Subject } from './asker.ts'
import { paths } from '../src/batch/protocol.ts'
import { receiverCommand } from './command.ts'
import { appOrigin, TestReceiver } from './testing/a-receiver.ts'

let receiver: TestReceiver
let subject: Subject
let between: Server | undefined
beforeEach(async () => {
  receiver = await TestReceiver.start()
  const { url, receiptPublicKey: receiptKey } = receiver.running
  subject = { url, receiptKey, deskToken: await receiver.running.deskToken(), appOrigin }
})
afterEach(async () => {
  between?.close()
  between = undefined
  await receiver.stop()
})

const faults = async (about: Subject) => (await accept(about)).filter(({ fault }) => fault !== undefined)

/** The real receiver behind something that spoils its answers. */
async function spoiled(
  spoil: (method: string, path: string, text: string, status: number) => string | { status: number } | undefined,
): Promise<Subject> {
  between = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const [method = '', path = ''] = [request.method, request.url]
      const body = chunks.length > 0 ? new Uint8Array(Buffer.concat(chunks)) : undefined
      const { authorization, origin } = request.headers
      const headers = { ...(authorization && { authorization }), ...(origin && { origin }) }
      void fetch(receiver.running.url + path, { method, headers, ...(body && { body }) }).then(async (answer) => {
        const bytes = Buffer.from(await answer.arrayBuffer())
        const instead = spoil(method, path, bytes.toString('utf8'), answer.status)
        answer.headers.forEach(
          (value, name) => !/length|encoding|connection/.test(name) && response.setHeader(name, value),
        )
        if (typeof instead === 'object') response.writeHead(instead.status, { 'Retry-After': '60' }).end()
        else response.writeHead(answer.status).end(instead ?? bytes)
      })
    })
  })
  await new Promise<void>((resolve) => between?.listen(0, '127.0.0.1', resolve))
  return { ...subject, url: `http://127.0.0.1:${(between.address() as AddressInfo).port}` }
}

describe('the suite for receivers', () => {
  it('finds nothing in ours, and is a command', async () => {
    let said = ''
    const where = ['--url', subject.url, '--receipt-key', subject.receiptKey, '--origin', appOrigin]
    const around = {
      out: (text: string) => (said += text),
      err: (text: string) => (said += text),
      stop: Promise.resolve(),
    }
    const exit = await receiverCommand(['accept', ...where, '--desk-token', subject.deskToken], around)
    expect([exit, said.split('\n').filter((line) => line.startsWith('NO'))]).toEqual([0, []])
    expect(said).toContain('It does all that tablets and desks ask of a receiver.')
    said = ''
    expect(await receiverCommand(['accept', ...where, '--desk-token', 'A'.repeat(43)], around)).toBe(1)
    expect(said).toMatch(/NO .*answered 401/)
  })
})

// Nothing in these depends on where a receiver keeps its boxes.
describe.skipIf(inject('postgres') !== undefined)('what the suite is for', () => {
  it('finds a receipt by another key', async () => {
    const other = await TestReceiver.start()
    const found = await faults({ ...subject, receiptKey: other.running.receiptPublicKey })
    await other.stop()
    expect(found.map(({ fault }) => fault)).toContain('a batch was answered without a receipt that verifies by the key')
  })

  it('finds a list that keeps boxes back', async () => {
    const listOf = (text: string) => JSON.parse(text) as { boxes: unknown[] }
    const less = await spoiled((_, path, text) =>
      path.startsWith('/v1/boxes?') ? JSON.stringify({ boxes: listOf(text).boxes.slice(0, 1) }) : undefined,
    )
    expect((await faults(less)).map(({ fault }) => fault)).toContain('the list has others, or in another order')
  })

  it('finds a token that is not the one that was named', async () => {
    const other = await spoiled((_, path, text) =>
      path === '/v1/enrol' ? text.replace(/"token":"[^"]+"/, `"token":"${'A'.repeat(43)}"`) : undefined,
    )
    const found = (await faults(other)).map(({ fault }) => fault)
    expect(found).toContain('a device that names its token gets another one')
  })

  it('finds a body that is taken without its length', async () => {
    const patient = await spoiled(() => undefined)
    expect(await faults(patient)).toEqual([
      { name: expect.stringContaining('does not say how long it is') as string, fault: 'it was answered 200' },
    ])
  })

  it('finds refusals that nobody signed', async () => {
    const bare = await spoiled((_, __, text) => (text.includes('"refusal"') ? '{"error":"no"}' : undefined))
    const found = (await faults(bare)).map(({ fault }) => fault)
    expect(found).toContain("401 came without the receiver's signature")
  })

  it('finds a signed refusal that is used again for another batch', async () => {
    let first: string | undefined
    const again = await spoiled((_, path, text) =>
      path.startsWith(paths.batches) && text.includes('"refusal"') ? (first ??= text) : undefined,
    )
    const found = (await faults(again)).map(({ fault }) => fault)
    expect(found).toContain('a refusal is about another batch than the one that was sent')
  })

  it('finds one that turns everybody away once many wrong tokens and codes were tried', async () => {
    let wrong = 0
    const locking = await spoiled((_, __, ___, status) => {
      if (status === 401 || status === 403) wrong += 1
      return wrong > 40 ? { status: 429 } : undefined
    })
    const found = (await faults(locking)).map(({ fault }) => fault)
    expect(found).toContain('a good one was answered 429')
  })
})
