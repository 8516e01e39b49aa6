// What an organisation's configuration may say about the codebook: the form of an overlay, and what none may say.

import * as z from 'zod/mini'
import { neverOff, offTogether, wordLanguages, type Overlay } from '../codebook/overlay.ts'

/** UTF-8 bytes of an overlay as JSON: a set-up document holds it with all else in 64 KiB. */
export const overlaySizeLimit = 32 * 1024

/**
 * Signs that are not seen and can turn or hide what stands beside them: controls, direction marks, private and unassigned
 * ones. The two joiners are letters' matter in Arabic script.
 */
export const unseenSigns = /[\p{Cc}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}]|(?![\u200c\u200d])\p{Cf}/u

const text = (most: number) =>
  z.string().check(
    z.minLength(1),
    z.maxLength(most),
    z.refine((said) => said.trim() === said && !unseenSigns.test(said)),
  )
const someMembers = (most: number) =>
  z.refine<object>((members) => Object.keys(members).length > 0 && Object.keys(members).length <= most)
const words = (most: number) =>
  z
    .strictObject(Object.fromEntries(wordLanguages.map((language) => [language, z.optional(text(most))])))
    .check(someMembers(wordLanguages.length))
const list = <T extends z.ZodMiniType>(item: T, most: number) => z.array(item).check(z.minLength(1), z.maxLength(most))
const code = z.string().check(z.regex(/^[a-z][a-z0-9-]{1,39}$/))
const ownCode = z.string().check(z.regex(/^[A-Za-z0-9_-]{1,40}$/))
const listedCode = z.string().check(z.regex(/^[A-Za-z0-9_.-]{1,40}$/))

const value = z.strictObject({ code: ownCode, parent: listedCode, labels: words(120) })
const area = z.strictObject({ code: ownCode, parent: z.optional(ownCode), labels: words(120) })
const ownWords = z.strictObject({ label: z.optional(words(200)), help: z.optional(words(1000)) }).check(someMembers(2))

const mayBeOff = code.check(z.refine((off) => !Object.hasOwn(neverOff, off)))
const off = list(mayBeOff, 60).check(
  z.refine((codes) => offTogether.every(([first, second]) => !codes.includes(first) || codes.includes(second))),
)

const contents = {
  variables: z.optional(z.strictObject({ off })),
  values: z.optional(z.record(code, list(value, 60)).check(someMembers(60))),
  areas: z.optional(z.record(z.string().check(z.regex(/^[A-Z]{2}$/)), list(area, 400)).check(someMembers(60))),
  words: z.optional(z.record(code, ownWords).check(someMembers(60))),
}
const isSmall = z.refine<object>(
  (overlay) => new TextEncoder().encode(JSON.stringify(overlay)).length <= overlaySizeLimit,
)

/** An overlay as an organisation writes it. Its version is given when it is signed. */
export const overlayWishSchema = z.strictObject(contents).check(isSmall) as unknown as z.ZodMiniType<OverlayWish>
export type OverlayWish = Omit<Overlay, 'version'>

/** An overlay inside a configuration. */
export const overlaySchema = z
  .strictObject({ version: z.string().check(z.regex(/^[1-9]\d{0,8}$/)), ...contents })
  .check(isSmall) as unknown as z.ZodMiniType<Overlay>
