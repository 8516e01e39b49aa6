/**
 * Takes away all that this browser keeps of us, after the keys were overwritten: databases, files, cookies, then what the
 * server can have removed, then the app itself. Every part is tried, whatever befell the one before.
 */
export async function emptyBrowser(): Promise<void> {
  await Promise.allSettled([removeDatabases(), removeFiles()])
  removeCookies()
  if (!(await askServer())) await forgetApp()
}

async function removeDatabases(): Promise<void> {
  const found = await indexedDB.databases()
  await Promise.allSettled(found.map(({ name = '' }) => removeDatabase(name)))
}

function removeDatabase(name: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.deleteDatabase(name)
    request.addEventListener('success', () => resolve())
    request.addEventListener('error', () => reject(request.error ?? new Error('database')))
    // Another tab is still leaving; the request stands and is carried out when it has.
    request.addEventListener('blocked', () => setTimeout(resolve, 1_000))
  })
}

async function removeFiles(): Promise<void> {
  const folder = await navigator.storage.getDirectory()
  for await (const name of folder.keys()) await folder.removeEntry(name, { recursive: true })
}

function removeCookies(): void {
  for (const cookie of document.cookie.split(';')) {
    const name = cookie.split('=')[0]?.trim()
    if (name) document.cookie = `${name}=; Path=/; Max-Age=0; Secure`
  }
}

/** The server's answer clears everything of this origin, and the closed page can then come from the network. */
async function askServer(): Promise<boolean> {
  const signal = AbortSignal.timeout(5_000)
  return await fetch('/wipe', { cache: 'no-store', signal }).then(
    ({ status }) => status === 204,
    () => false,
  )
}

/** Without a network the service worker still hands out the closed page, and then removes its files and itself. */
async function forgetApp(): Promise<void> {
  const worker = navigator.serviceWorker.controller
  if (worker) return worker.postMessage({ type: 'FORGET' })
  for (const name of await caches.keys()) await caches.delete(name)
  for (const registration of await navigator.serviceWorker.getRegistrations()) await registration.unregister()
}
