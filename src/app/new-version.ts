const pause = async (ms: number) => await new Promise((resolve) => setTimeout(resolve, ms))

/** Longer than a worker takes to start; one of an older release does not answer. */
const answerWithin = 3_000

/**
 * [Note: Coming to rest]
 * Chromium starts a new version when nothing is under way in the old one, which it calls at rest after half a minute
 * without any event. At the moment of `skipWaiting` it asks it to come to rest at once, but only if it runs then; and
 * every further message, and every fetch of a page, makes the half minute begin anew. So a page starts a new version
 * that fetches nothing. It speaks to the old version first: its answer says that it runs, and that it has broken off what
 * it sent. Afterwards nobody speaks to it any more. Now and then that is of no use all the same. What is known: it lets go
 * once the page is left: then Chromium asks it to rest once more, and an answer of the old version that a page has not read
 * to its end is under way, too. So the page is soon left and loaded again, five times (decision 30); after that the new
 * version starts when Daybook was closed.
 */
async function standBack(old: ServiceWorker | null): Promise<void> {
  const { port1, port2 } = new MessageChannel()
  const answered = new Promise<void>((resolve) => {
    port1.addEventListener('message', () => resolve())
    port1.start()
  })
  old?.postMessage({ type: 'STAND_BACK' }, [port2])
  await Promise.race([answered, pause(answerWithin)])
  port1.close()
}

/**
 * Asks the version that waits to take over. Resolves to true when it has, or when none waits; to false when the browser
 * has kept the old one for `within` milliseconds.
 */
export async function startWaitingVersion(container: ServiceWorkerContainer, within = 4_000): Promise<boolean> {
  const registration = await container.getRegistration()
  if (!registration?.waiting) return true
  const old = registration.active
  await standBack(container.controller)
  registration.waiting?.postMessage({ type: 'SKIP_WAITING' })
  const until = Date.now() + within
  while (Date.now() < until) {
    // Looked for and not waited for: once in many times the browser forgets to say that the new version took over.
    if (registration.active !== old) return true
    await pause(250)
  }
  return false
}
