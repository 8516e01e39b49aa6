// A processor so many times slower for one browser's pages and their workers: the processes that run them are stopped for
// the rest of each slice. Chromium's own slow-down ("Emulation.setCPUThrottlingRate") is refused for a worker ("only
// supported for pages, not workers"), and the vault computes in one. Linux only: it reads /proc.
import { readdirSync, readFileSync } from 'node:fs'
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'

const slice = 60

/** Everything that runs now, with its parent and the words that it was started with. */
function processes() {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const [, afterName = ''] = readFileSync(`/proc/${name}/stat`, 'utf8').split(/^.*\) /s)
        const words = readFileSync(`/proc/${name}/cmdline`, 'utf8').split('\0')
        return [{ pid: Number(name), parent: Number(afterName.split(' ')[1]), words }]
      } catch {
        return []
      }
    })
}

function renderersOf(profile) {
  const all = processes()
  const ours = new Set(all.filter(({ words }) => words.includes(`--user-data-dir=${profile}`)).map(({ pid }) => pid))
  const grown = () => all.filter(({ pid, parent }) => ours.has(parent) && !ours.has(pid))
  for (let more = grown(); more.length > 0; more = grown()) for (const { pid } of more) ours.add(pid)
  return all
    .filter(({ pid, words }) => ours.has(pid) && words.some((word) => word.includes('--type=renderer')))
    .map(({ pid }) => pid)
}

/** From now on the pages of the browser on this profile have 1/`rate` of the time; gives what ends that. */
export async function slowDown(profile, rate) {
  if (rate === 1) return async () => undefined
  const ended = new SharedArrayBuffer(4)
  const worker = new Worker(new URL(import.meta.url), { workerData: { profile, rate, ended } })
  await new Promise((resolve) => worker.once('message', resolve))
  return async () => {
    const gone = new Promise((resolve) => worker.once('exit', resolve))
    Atomics.store(new Int32Array(ended), 0, 1)
    await gone
  }
}

function tell(pids, signal) {
  for (const pid of pids)
    try {
      process.kill(pid, signal)
    } catch {
      // It has just ended.
    }
}

if (!isMainThread) {
  const { profile, rate, ended } = workerData
  const isOver = new Int32Array(ended)
  const clock = new Int32Array(new SharedArrayBuffer(4))
  const wait = (ms) => Atomics.wait(clock, 0, 0, ms)
  let pids = []
  for (let n = 0; Atomics.load(isOver, 0) === 0; n += 1) {
    if (n % 10 === 0) pids = renderersOf(profile)
    if (n === 0) parentPort.postMessage('slow')
    wait(slice / rate)
    tell(pids, 'SIGSTOP')
    wait(slice - slice / rate)
    tell(pids, 'SIGCONT')
  }
}
