/** A request as a handler reads it, without what only a browser or a server needs around it. */
export function lightRequest(url: string, init: RequestInit): Request {
  const { method = 'GET', body } = init
  const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : (body as Uint8Array | undefined)
  const headers = new Headers(init.headers)
  if (bytes) headers.set('Content-Length', String(bytes.byteLength))
  return { url, method, headers, body: bytes ? streamOf(bytes) : null } as unknown as Request
}

/** An answer as a caller reads it once. */
export function lightResponse(text: string, { status, headers }: { status: number; headers: Headers }): Response {
  return {
    type: 'default',
    status,
    ok: status < 300,
    headers,
    body: streamOf(new TextEncoder().encode(text)),
  } as Response
}

function streamOf(bytes: Uint8Array): ReadableStream<Uint8Array> {
  const left = [bytes]
  const read = async () => ({ done: left.length === 0, value: left.pop() })
  const cancel = async () => void left.pop()
  return { getReader: () => ({ read, cancel }), cancel } as unknown as ReadableStream<Uint8Array>
}
