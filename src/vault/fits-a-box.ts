import { boxJsonLimit } from '../batch/protocol.ts'
import { utf8 } from '../seal/bytes.ts'

/** For what stands around an item in its box; most of it would be names of boxes that it takes the place of. */
const around = 16 * 1024

/**
 * Asked without an organisation, too: what one never could take would stay on the tablet for good, and nobody would know.
 */
export const fitsABox = (text: string): boolean => utf8(JSON.stringify(text)).length + around <= boxJsonLimit

/** Of the bytes that a case is kept in. Smaller ones fit: nothing takes more than twice its bytes in a box. */
export const mayNotFitABox = (bytes: number): boolean => bytes > boxJsonLimit / 4
