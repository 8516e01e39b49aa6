import { codebook, type Codebook } from '../codebook/codebook.ts'
import { withOverlay } from '../codebook/overlay.ts'
import type { Pins } from './payload.ts'
import type { Session } from './session.ts'
import { settingsNow } from './settings.ts'

/** Verified once for each configuration that an account pins. */
const verified = new WeakMap<Pins, Codebook>()

/** The codebook as the organisation asks it; as it is without one, or while its settings are not to be believed. */
export async function askedOf(session: Session): Promise<Codebook> {
  const { pins } = session
  const known = verified.get(pins)
  if (known) return known
  const settings = await settingsNow(session)
  if (settings.status !== 'verified') return codebook
  const asked = withOverlay(codebook, settings.configuration.overlay)
  verified.set(pins, asked)
  return asked
}
