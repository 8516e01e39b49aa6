import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { accept, type Subject } from './acceptance.ts'
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
async function spoiled(spoil: (method: string, path: string, text: string) => string | undefined): Promise<Subject> {
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
        const instead = spoil(method, path, bytes.toString('utf8'))
        answer.headers.forEach(
          (value, name) => !/length|encoding|connection/.test(name) && response.setHeader(name, value),
        )
        response.writeHead(answer.status).end(instead ?? bytes)
      })
    })
  })
  await new Promise<void>((resolve) => between?.listen(0, '127.0.0.1', resolve))
  return { ...subject, url: `http://127.0.0.1:${(between.address() as AddressInfo).port}` }
}

describe('the suite for receivers', () => {
  it('finds nothing in ours', async () => {
    expect(await faults(subject)).toEqual([])
  })

  it('is a command, too', async () => {
    let said = ''
    const where = ['--url', subject.url, '--receipt-key', subject.receiptKey, '--origin', appOrigin]
    const around = {
      out: (text: string) => (said += text),
      err: (text: string) => (said += text),
      stop: Promise.resolve(),
    }
    expect(await receiverCommand(['accept', ...where, '--desk-token', subject.deskToken], around)).toBe(0)
    expect(said).toContain('It does all that tablets and desks ask of a receiver.')
    said = ''
    expect(await receiverCommand(['accept', ...where, '--desk-token', 'A'.repeat(43)], around)).toBe(1)
    expect(said).toMatch(/NO .*answered 401/)
  })

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

  it('finds refusals that nobody signed', async () => {
    const bare = await spoiled((_, __, text) => (text.includes('"refusal"') ? '{"error":"no"}' : undefined))
    const found = (await faults(bare)).map(({ fault }) => fault)
    expect(found).toContain("401 came without the receiver's signature")
  })
})
