import { hashOf } from './tokens.ts'
import type { Ask, Parts } from './parts.ts'
import type { Device } from './store.ts'

const bearer = /^Bearer ([A-Za-z0-9_-]{20,128})$/i

/** The hash of the token in the request, or undefined where there is none that could be one. */
export function tokenHashOf(ask: Ask): string | undefined {
  const token = bearer.exec(ask.req.header('authorization') ?? '')?.[1]
  return token === undefined ? undefined : hashOf(token)
}

/** The enrolled device that asks; it may have been revoked since. The log then names it. */
export async function deviceOf(ask: Ask, { store }: Parts): Promise<Device | 'bad-token' | 'wrong-token'> {
  const hash = tokenHashOf(ask)
  if (hash === undefined) return 'bad-token'
  const device = await store.findDevice(hash)
  if (!device) {
    const desk = await store.findDesk(hash)
    if (desk) ask.set('org', desk.org)
    return desk ? 'wrong-token' : 'bad-token'
  }
  ask.set('org', device.org)
  ask.set('device', device.deviceId)
  if (!device.seen && !device.revoked) await store.markSeen(device.org, device.deviceId)
  return device
}

/** The desk that asks. A device's token opens nothing here. */
export async function deskOf(ask: Ask, { store }: Parts): Promise<{ org: string } | 'bad-token' | 'wrong-token'> {
  const hash = tokenHashOf(ask)
  if (hash === undefined) return 'bad-token'
  const desk = await store.findDesk(hash)
  if (desk) {
    ask.set('org', desk.org)
    return desk
  }
  const device = await store.findDevice(hash)
  if (device) {
    ask.set('org', device.org)
    ask.set('device', device.deviceId)
  }
  return device ? 'wrong-token' : 'bad-token'
}
