/** The part of `fetch` that the outbox uses; the page's, the worker's and Node's fit. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>

export interface Call {
  readonly url: string
  readonly method: 'GET' | 'PUT' | 'POST'
  /** Bearer token; without one no such header leaves. */
  readonly token?: string
  readonly type?: 'application/octet-stream' | 'application/json'
  readonly body?: Uint8Array<ArrayBuffer>
  /** Milliseconds until the call is broken off, the reading of the answer included. */
  readonly limit: number
  /** Bytes of answer that are read; a longer one reads as ''. */
  readonly largest: number
  /** Breaks the call off sooner. */
  readonly signal?: AbortSignal | undefined
}

/** What came back, unjudged. `none` = nothing that can be read: no network, TLS, a broken-off answer, the time limit. */
export type Reply =
  | { readonly kind: 'none' }
  | { readonly kind: 'redirect' }
  | { readonly kind: 'answer'; readonly status: number; readonly retryAfter?: string; readonly text: string }

/**
 * One request, with no header but the two that the format names, no cookie, no referrer, no cache, and no redirect
 * followed. Never throws: what went wrong is one of the replies.
 */
export async function call(
  fetch: Fetch,
  { url, method, token, type, body, limit, largest, signal }: Call,
): Promise<Reply> {
  if (signal?.aborted) return { kind: 'none' }
  const headers: Record<string, string> = {}
  if (token !== undefined) headers['Authorization'] = `Bearer ${token}`
  if (type !== undefined) headers['Content-Type'] = type
  const stop = new AbortController()
  const breakOff = () => stop.abort()
  const timer = setTimeout(breakOff, limit)
  signal?.addEventListener('abort', breakOff)
  try {
    const response = await fetch(url, {
      method,
      headers,
      ...(body && { body }),
      credentials: 'omit',
      redirect: 'manual',
      referrerPolicy: 'no-referrer',
      cache: 'no-store',
      signal: stop.signal,
    })
    if (isRedirect(response)) {
      await response.body?.cancel()
      return { kind: 'redirect' }
    }
    const retryAfter = response.headers.get('Retry-After')
    const text = await readText(response, largest)
    return { kind: 'answer', status: response.status, ...(retryAfter !== null && { retryAfter }), text }
  } catch {
    return { kind: 'none' }
  } finally {
    clearTimeout(timer)
    signal?.removeEventListener('abort', breakOff)
  }
}

/** A browser hides a redirect that it was told not to follow; Node shows it. */
function isRedirect(response: Response): boolean {
  return response.type === 'opaqueredirect' || (response.status >= 300 && response.status < 400)
}

/** The body as UTF-8, or '' when it is longer than `largest` bytes. Throws when it breaks off. */
async function readText(response: Response, largest: number): Promise<string> {
  const reader = response.body?.getReader()
  if (!reader) return ''
  const decoder = new TextDecoder()
  let [text, size] = ['', 0]
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return text + decoder.decode()
    size += value.byteLength
    if (size > largest) {
      await reader.cancel()
      return ''
    }
    text += decoder.decode(value, { stream: true })
  }
}
