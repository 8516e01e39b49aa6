/**
 * What befalls the connection to the database, as the worker tells its page beside the answers of the api. `leaving`:
 * another tab brings a newer structure, and what is unsaved has to be saved now. `left`: it was let go of, and so was
 * every key. `blocked`: another tab holds an older structure, and this one waits.
 */
export const connectionNews = ['leaving', 'left', 'blocked'] as const
export type ConnectionNews = (typeof connectionNews)[number]

/** Longest that the worker waits for the page's last save, in milliseconds. */
const patience = 1_500

interface Message {
  readonly news: ConnectionNews | 'flushed'
}

const newsIn = (data: unknown): Message['news'] | undefined =>
  typeof data === 'object' && data !== null && 'news' in data ? (data as Message).news : undefined

/** A worker or its scope: what both sides talk through. Messages that are not of this kind are left to others. */
interface Side {
  postMessage: (message: Message) => void
  addEventListener: (type: 'message', listener: (event: MessageEvent) => void) => void
  removeEventListener: (type: 'message', listener: (event: MessageEvent) => void) => void
}

export function tellNews(side: Side, news: ConnectionNews): void {
  side.postMessage({ news })
}

/** Says `leaving` and waits until the page has flushed, for a second and a half at most. */
export async function askToFlush(side: Side): Promise<void> {
  await new Promise<void>((resolve) => {
    const done = () => {
      clearTimeout(timer)
      side.removeEventListener('message', answered)
      resolve()
    }
    const answered = (event: MessageEvent) => newsIn(event.data) === 'flushed' && done()
    const timer = setTimeout(done, patience)
    side.addEventListener('message', answered)
    side.postMessage({ news: 'leaving' })
  })
}

/** Hears what the worker tells; after `leaving` was heard to its end, the worker is told so. Gives what ends the hearing. */
export function hearNews(side: Side, heard: (news: ConnectionNews) => Promise<void> | void): () => void {
  const listen = (event: MessageEvent) => {
    const news = newsIn(event.data)
    const known = connectionNews.find((one) => one === news)
    if (!known) return
    void Promise.resolve(heard(known)).finally(() => known === 'leaving' && side.postMessage({ news: 'flushed' }))
  }
  side.addEventListener('message', listen)
  return () => side.removeEventListener('message', listen)
}
