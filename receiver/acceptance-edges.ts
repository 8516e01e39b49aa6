import { writeBatch } from '../src/batch/batch.ts'
import { batchBoxLimit, paths, sealedSizeLimit } from '../src/batch/protocol.ts'
import { concatBytes, uint32, utf8, type Bytes } from '../src/seal/bytes.ts'
import { sha256Hex, sha256HexOf } from '../src/seal/digest.ts'
import { newKeyId } from '../src/seal/random.ts'
import { aBox, must, type Asker, type Check } from './asker.ts'
import { newCode, newToken } from './tokens.ts'

/** A batch of boxes of any number and size; what tablets send is judged before. */
const anyBatch = (boxes: readonly Bytes[]): Bytes =>
  concatBytes(utf8('BOXES1\n'), ...boxes.flatMap((box) => [uint32(box.length), box]))

async function putAny(asker: Asker, token: string, boxes: readonly Bytes[]): Promise<Response> {
  const body = anyBatch(boxes)
  return await asker.ask(paths.batch(await sha256Hex(body)), token, { method: 'PUT', body })
}

/** How many are tried at the same time, of tokens and of codes. */
const crowd = 25

async function tryWrongOnes(asker: Asker): Promise<Response[]> {
  const tries = Array.from({ length: crowd }, async () => [
    await asker.put(newToken(), [aBox()]),
    await asker.enrol(newKeyId(), newCode()),
  ])
  return (await Promise.all(tries)).flat()
}

/** What seldom happens to a receiver that works, and must not go wrong when it does. */
export const edges: readonly (readonly [string, Check])[] = [
  [
    'a box that two devices sent is there once, and a receipt for each names it; twice in one batch it is named once',
    async (asker) => {
      const [one, other, before] = [await asker.device(), await asker.device(), await asker.end()]
      const box = aBox()
      for (const { deviceId, token } of [one, other]) {
        const receipt = await asker.receipt(await asker.put(token, [box, box]))
        must(receipt.deviceId === deviceId, 'the receipt is for another device')
        must(receipt.boxes.length === 1 && receipt.boxes[0]?.result === 'kept', 'it is not named once, as kept')
      }
      must((await asker.list(before)).boxes.length === 1, 'it is stored more than once')
    },
  ],
  [
    'a box that no desk would open for its size is refused by name, and its neighbour is kept',
    async (asker) => {
      const { token } = await asker.device()
      const { boxes } = await asker.receipt(await putAny(asker, token, [aBox(sealedSizeLimit + 1), aBox()]))
      must(boxes[0]?.result === 'refused' && boxes[0].reason === 'too-large', 'it is not refused as too-large')
      must(boxes[1]?.result === 'kept', 'its neighbour is not kept')
    },
  ],
  [
    'a batch of no box, of an empty one or of more than 256 is no batch',
    async (asker) => {
      const [{ token }, before] = [await asker.device(), await asker.end()]
      const many = Array.from({ length: batchBoxLimit + 1 }, () => aBox(100))
      for (const boxes of [[], [new Uint8Array()], [aBox(), new Uint8Array()], many]) {
        const { status } = await putAny(asker, token, boxes)
        must(status >= 400 && status < 500, `one of ${boxes.length} was answered ${status}`)
      }
      must((await asker.list(before)).boxes.length === 0, 'something of it was kept')
    },
  ],
  [
    'a refusal is about the batch that was sent and the device that asked, or about none',
    async (asker) => {
      const [{ deviceId, token }, boxes] = [await asker.device(), [aBox()]]
      const { batchId, bytes } = await writeBatch(boxes)
      await asker.refused(await asker.put(newToken(), boxes), 401, { batchId })
      await asker.refused(await asker.ask(paths.boxes, token), 403, { batchId: null, deviceId })
      const beside = `/beside${paths.batch(batchId)}`
      await asker.refused(await asker.ask(beside, token, { method: 'PUT', body: bytes }), 404, { batchId, deviceId })
      const newcomer = newKeyId()
      await asker.refused(await asker.enrol(newcomer, newCode()), 403, { batchId: null, deviceId: newcomer })
    },
  ],
  [
    'a code that several devices ask with at the same moment lets in one of them',
    async (asker) => {
      const code = await asker.code()
      const answers = await Promise.all([1, 2, 3, 4].map(async () => await asker.enrol(newKeyId(), code)))
      const statuses = answers.map(({ status }) => status).toSorted((a, b) => a - b)
      must(statuses.join() === '200,403,403,403', `they were answered ${statuses.join(', ')}`)
    },
  ],
  [
    'what is put under the name of something else is not kept',
    async (asker) => {
      const body = JSON.stringify({ configuration: `CONF1 ${newKeyId()}`, profile: '{}' })
      const [sha, { deskToken }] = [await sha256HexOf(`${body} `), asker.subject]
      for (const path of [paths.setup(sha), paths.receipt(sha)]) {
        const { status } = await asker.ask(path, deskToken, { method: 'PUT', body })
        must(status >= 400 && status < 500, `it was answered ${status}`)
      }
      must((await asker.ask(paths.setup(sha), undefined)).status === 404, 'it is given to who asks for that name')
    },
  ],
  [
    'the list is as long as it was asked to be, says the last number, and names the store the same each time',
    async (asker) => {
      const [{ token }, before, { deskToken }] = [await asker.device(), await asker.end(), asker.subject]
      await asker.receipt(await asker.put(token, [aBox(), aBox(), aBox()]))
      const answer = await asker.ask(`${paths.boxes}?after=${before}&limit=2`, deskToken)
      const page = (await answer.json()) as Awaited<ReturnType<Asker['list']>>
      must(page.boxes.length === 2, `${page.boxes.length} came in place of 2`)
      const rest = await asker.list(page.boxes.at(-1)?.n ?? 0)
      must(rest.boxes.length === 1, 'the page after it has not the one that was left')
      for (const { last = 0 } of [page, rest]) must(last >= (rest.boxes[0]?.n ?? 0), 'the last number is not named')
      const { store = '' } = page
      must(store.length > 0 && store.length <= 64 && rest.store === store, 'the store has no name, or changes it')
    },
  ],
  [
    'it says that it is well, and lets the app’s page read how long to wait',
    async (asker) => {
      const answer = await asker.ask(paths.health, undefined)
      must(answer.status === 200, `its health was answered ${answer.status}`)
      const refused = await asker.put(newToken(), [aBox()])
      for (const each of [answer, refused])
        must(
          /retry-after/i.test(each.headers.get('Access-Control-Expose-Headers') ?? ''),
          'a page may not read Retry-After',
        )
    },
  ],
  [
    'however many unknown tokens and codes are tried, who has a good one is served; who has to wait is told how long',
    async (asker) => {
      const [{ token }, code, { deskToken }] = [await asker.device(), await asker.code(), asker.subject]
      const [tried, meanwhile] = await Promise.all([tryWrongOnes(asker), asker.put(token, [aBox()])])
      for (const { status, headers } of tried) {
        must([401, 403, 429].includes(status), `one was answered ${status}`)
        must(status !== 429 || headers.get('Retry-After') !== null, '429 came without Retry-After')
      }
      const good = [
        meanwhile,
        await asker.enrol(newKeyId(), code),
        await asker.put(token, [aBox()]),
        await asker.ask(paths.boxes, deskToken),
      ]
      for (const { status } of good) must(status === 200 || status === 201, `a good one was answered ${status}`)
    },
  ],
]
