import { afterEach, beforeEach, expect, it } from 'vitest'
import { paths } from '../src/batch/protocol.ts'
import { likeABox, TestReceiver } from './testing/a-receiver.ts'

let receiver: TestReceiver
beforeEach(async () => {
  receiver = await TestReceiver.start({ metricsPort: 0 })
})
afterEach(() => receiver.stop())

const told = async () => (await fetch(`${receiver.running.metricsUrl}/metrics`)).text()

it('counts answers, boxes and bytes in the words of Prometheus, and names nobody', async () => {
  const device = await receiver.aDevice()
  await receiver.put(device.token, [likeABox(5000), likeABox(7000)])
  await receiver.ask(paths.boxes)
  const text = await told()
  expect(text).toContain('receiver_answers_total{status="200",code="kept"} 1\n')
  expect(text).toContain('receiver_answers_total{status="401",code="bad-token"} 1\n')
  expect(text).toContain('receiver_boxes_signed_total 2\n')
  expect(text).toContain('receiver_box_bytes_signed_total 12000\n')
  expect(text).toMatch(/receiver_answer_seconds_bucket\{le="0\.1",method="PUT"\} [01]\n/)
  expect(text).toContain('process_resident_memory_bytes ')
  for (const word of [device.deviceId, device.token, 'first']) expect(text).not.toContain(word)
})

it('is asked at a door of its own and at no other', async () => {
  expect((await receiver.ask('/metrics')).status).toBe(404)
  expect((await fetch(`${receiver.running.metricsUrl}${paths.health}`)).status).toBe(404)
  const without = await TestReceiver.start()
  expect(without.running.metricsUrl).toBeUndefined()
  await without.stop()
})
