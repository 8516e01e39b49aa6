import { sha256Hex } from '../../src/seal/digest.ts'
import { newKeyId } from '../../src/seal/random.ts'
import { issueCode } from '../codes.ts'
import { defaultLimits } from '../limits.ts'
import { firstOrg, type Enrolment, type Store } from '../store.ts'
import { hashOf, newToken } from '../tokens.ts'
import { likeABox } from './a-receiver.ts'

/** Asks the store itself to enrol a new device by this code. */
export async function enrolling(store: Store, code: string): Promise<Enrolment & { deviceId: string }> {
  const deviceId = newKeyId()
  const secrets = { codeHash: hashOf(code), tokenHash: hashOf(newToken()) }
  return { ...(await store.enrol({ deviceId, ...secrets, at: Date.now(), run: 'run' })), deviceId }
}

/** A device that the store knows. */
export async function aDeviceIn(store: Store): Promise<string> {
  const { status, deviceId } = await enrolling(store, (await issueCode(store, firstOrg, Date.now())).code)
  if (status !== 'enrolled') throw new Error(status)
  return deviceId
}

/** As many boxes as wanted, ready to be kept. */
export async function aBatchFrom(deviceId: string, count: number) {
  const boxes = Array.from({ length: count }, () => likeABox(512))
  const named = await Promise.all(boxes.map(async (bytes) => ({ id: await sha256Hex(bytes), bytes })))
  return { org: firstOrg, deviceId, at: Date.now(), bytesPerDay: defaultLimits.bytesPerDay, boxes: named }
}
