import { collectDefaultMetrics, Counter, Histogram, Registry } from 'prom-client'

/** What a running receiver counts, for Prometheus. Nothing tells one organisation or device from another. */
export class Metrics {
  readonly #registry = new Registry()
  readonly #answers = new Counter({
    name: 'receiver_answers_total',
    help: 'Answers by status and by the code that is in the log, too.',
    labelNames: ['status', 'code'],
    registers: [this.#registry],
  })
  readonly #seconds = new Histogram({
    name: 'receiver_answer_seconds',
    help: 'Time from the head of a request to its answer; slow links are in it.',
    labelNames: ['method'],
    buckets: [0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30, 120],
    registers: [this.#registry],
  })
  readonly #boxes = new Counter({
    name: 'receiver_boxes_signed_total',
    help: 'Boxes that a receipt says are kept, repeats included.',
    registers: [this.#registry],
  })
  readonly #bytes = new Counter({
    name: 'receiver_box_bytes_signed_total',
    help: 'Their bytes.',
    registers: [this.#registry],
  })

  constructor() {
    collectDefaultMetrics({ register: this.#registry })
  }

  answered(method: string, status: number, code: string, milliseconds: number): void {
    this.#answers.inc({ status, code })
    this.#seconds.observe({ method }, milliseconds / 1000)
  }

  signedFor(boxes: readonly { readonly length: number }[]): void {
    this.#boxes.inc(boxes.length)
    this.#bytes.inc(boxes.reduce((sum, { length }) => sum + length, 0))
  }

  /** `GET /metrics` in Prometheus' text format; anything else is 404. */
  async answer(request: Request): Promise<Response> {
    if (request.method !== 'GET' || new URL(request.url).pathname !== '/metrics')
      return new Response(null, { status: 404 })
    const headers = { 'Content-Type': this.#registry.contentType, 'Cache-Control': 'no-store' }
    return new Response(await this.#registry.metrics(), { headers })
  }
}
