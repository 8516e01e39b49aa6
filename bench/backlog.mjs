// What a backlog costs on a bad line: the time until all is received, bytes sent over bytes needed, and requests, with
// the outbox as it runs and a real receiver behind a TCP proxy; beside it one request for each record, in the same run.
//   node bench/backlog.mjs [--long] [part of a line's name]     --long: 10,000 boxes, too (some hours)
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runnerImport } from 'vite'
import { needPackages, root } from '../tools/prepare.mjs'
import { watchForOthers } from './busy.mjs'

const sayIfBusy = watchForOthers()
needPackages()
const load = async (file) =>
  (await runnerImport(join(root, file), { root, configFile: false, logLevel: 'error' })).module
const [{ startReceiver }, { anOutbox }, { deliver }, { lossyLine }, { luckOf }] = await Promise.all(
  [
    'receiver/server.ts',
    'src/testing/an-outbox.ts',
    'src/outbox/deliver.ts',
    'e2e/lossy-line.ts',
    'src/testing/a-world.ts',
  ].map(load),
)

const words = process.argv.slice(2).filter((word) => word !== '--long')
const counts = process.argv.includes('--long') ? [1_000, 10_000] : [1_000]
/** Milliseconds in each direction, bytes a second, share of requests that are lost. */
const lines = [
  { name: 'a clean line', wishes: { delay: 0, speed: Infinity, lost: 0 } },
  { name: '300 ms there and back, 10 % lost', wishes: { delay: 150, speed: Infinity, lost: 0.1 } },
  { name: '20 kB/s', wishes: { delay: 0, speed: 20_000, lost: 0 } },
].filter(({ name }) => words.every((word) => name.includes(word)))
const boxSize = 4_400
const row = (...cells) => console.log(cells.map((cell, at) => String(cell).padEnd(at === 0 ? 60 : 14)).join(''))

/** A tablet with a backlog that is enrolled, at the end of this line. */
async function aTablet(receiver, line, count, one) {
  const url = `http://127.0.0.1:${line.port}`
  const about = { receiverPublicKey: receiver.receiptPublicKey, enrolCode: await receiver.issueCode() }
  const outbox = await anOutbox(url, about)
  for (let n = 0; n < count; n += 1) await outbox.addBox(boxSize, one ? { lastCode: 'E-REFUSED' } : {})
  return outbox
}

/**
 * Sends until nothing waits. Waits that the outbox plans are not sat out, but counted: its clock is set to their end, and
 * they are added to the time.
 */
async function measure(receiver, line, count, one) {
  const outbox = await aTablet(receiver, line, count, one)
  Object.assign(line.seen, { batches: 0, requests: 0, bytes: 0 })
  const begun = performance.now()
  let waited = 0
  const now = () => Date.now() + waited
  const random = luckOf(count)
  for (;;) {
    const { waiting, nextAt, code } = await deliver(outbox.deps({ now, random }))
    if (waiting === 0) break
    if (nextAt === 0) throw new Error(`${waiting} boxes wait for nothing: ${code}`)
    waited += Math.max(0, nextAt - now())
  }
  const seconds = (performance.now() - begun + waited) / 1_000
  await outbox.database.delete()
  return { seconds, waited: waited / 1_000, over: line.seen.bytes / (count * boxSize), requests: line.seen.batches }
}

const folder = mkdtempSync(join(tmpdir(), 'bench-backlog-'))
const limits = { requestsPerMinute: 1_000_000 }
const receiver = await startReceiver({ dataDir: folder, port: 0, appOrigins: ['http://app.test'], limits })
const line = await lossyLine(0, Number(new URL(receiver.url).port), luckOf(1))
try {
  for (const count of counts) {
    row(`${count} boxes of ${boxSize} bytes`, 'seconds', 'of it waited', 'sent/needed', 'requests')
    for (const { name, wishes } of lines)
      for (const one of [false, true]) {
        Object.assign(line, wishes)
        const { seconds, waited, over, requests } = await measure(receiver, line, count, one)
        const who = one ? `${name}, one request a record` : name
        row(who, seconds.toFixed(1), waited.toFixed(1), over.toFixed(3), requests)
      }
  }
} finally {
  await line.close()
  await receiver.close()
  rmSync(folder, { recursive: true, force: true })
  sayIfBusy()
}
process.exit(0)
