// An organisation's overlay as it was written by hand: whether it can be signed, and if not, what is wrong and where.

import { codebook } from '../src/codebook/codebook.ts'
import { mayStandAbove, neverOff, offTogether, variableIn, wordLanguages } from '../src/codebook/overlay.ts'
import { isCountryCode } from '../src/codebook/lists/countries.ts'
import type { CodeList } from '../src/codebook/code-list.ts'
import { overlaySizeLimit, overlayWishSchema, unseenSigns, type OverlayWish } from '../src/record/overlay.ts'

export type OverlayRead =
  | { readonly status: 'read'; readonly overlay: OverlayWish }
  /** A sentence for each fault. */
  | { readonly status: 'refused'; readonly faults: readonly string[] }

/** Reads the text of an overlay's file. What tablets refuse is refused here, and what they would pass over, too. */
export function readOverlay(text: string): OverlayRead {
  const json = jsonOf(text)
  if (json === undefined) return { status: 'refused', faults: ['It is not JSON.'] }
  const known = knownFaults(json)
  if (known.length > 0) return { status: 'refused', faults: known }
  const read = overlayWishSchema.safeParse(json)
  if (!read.success) return { status: 'refused', faults: [...new Set(read.error.issues.map(issueSentence))] }
  const faults = faultsIn(read.data)
  return faults.length > 0 ? { status: 'refused', faults } : { status: 'read', overlay: read.data }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch {
    return undefined
  }
}

/** What the schema refuses as well, said better. */
function knownFaults(json: unknown): string[] {
  const size = new TextEncoder().encode(JSON.stringify(json)).length
  if (size > overlaySizeLimit) return [`It has ${size} bytes; ${overlaySizeLimit} is the most.`]
  const off = (json as { variables?: { off?: unknown } } | null)?.variables?.off
  const codes = Array.isArray(off) ? off.filter((code) => typeof code === 'string') : []
  const needed = codes.filter((code) => Object.hasOwn(neverOff, code))
  const apart = offTogether.filter(([first, second]) => codes.includes(first) && !codes.includes(second))
  return [
    ...needed.map((code) => `variables.off: ${code} cannot be off: ${neverOff[code]}.`),
    ...apart.map(([first, second]) => `variables.off: where ${first} is off, ${second} has to be off, too.`),
    ...unseenIn(json, []),
  ]
}

function unseenIn(json: unknown, path: readonly string[]): string[] {
  if (typeof json === 'string') {
    const sign = unseenSigns.exec(json)?.[0]
    if (sign === undefined) return []
    const code = sign.codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0')
    return [`${path.join('.')}: holds a sign that is not seen (U+${code}); take it out.`]
  }
  if (typeof json !== 'object' || json === null) return []
  return Object.entries(json).flatMap(([key, part]) => unseenIn(part, [...path, key]))
}

function issueSentence({ code, path, keys }: { code?: string; path: PropertyKey[]; keys?: string[] }): string {
  const where = path.map(String).join('.') || 'the file'
  if (code === 'unrecognized_keys') return `${where}: ${(keys ?? []).join(', ')} is not known here.`
  if (code === 'too_big') return `${where}: too long or too many.`
  if (code === 'too_small') return `${where}: empty.`
  return `${where}: cannot be used as it is; texts stand by language (${wordLanguages.join(', ')}).`
}

/** What no tablet could make sense of, by the codebook of this edition. */
function faultsIn({ variables, values = {}, areas = {}, words = {} }: OverlayWish): string[] {
  const strangers = (where: string, codes: readonly string[]) =>
    codes
      .filter((code) => variableIn(codebook, code) === undefined)
      .map((code) => `${where}: this edition of the codebook has no ${code}.`)
  return [
    ...strangers('variables.off', variables?.off ?? []),
    ...strangers('words', Object.keys(words)),
    ...Object.entries(values).flatMap(([key, own]) => valueFaults(key, own)),
    ...Object.entries(areas).flatMap(([country, own]) => areaFaults(country, own)),
  ]
}

function valueFaults(key: string, own: NonNullable<OverlayWish['values']>[string]): string[] {
  const list = listOf(key)
  if (list === undefined) return [`values.${key}: there is no list of values of this name that can have own ones.`]
  const parents = own.filter(({ parent }) => {
    const entry = list.entries.find(({ code }) => code === parent)
    return entry === undefined || !mayStandAbove(entry)
  })
  return [
    ...parents.map(
      ({ code, parent }) => `values.${key}: ${code} needs a parent that is a value of the list; ${parent} is none.`,
    ),
    ...twice(own.map(({ code, parent }) => `${parent}/${code}`)).map(
      (code) => `values.${key}: ${code} stands there twice.`,
    ),
  ]
}

function listOf(key: string): CodeList | undefined {
  const all = Object.values(codebook.units).flat()
  const choices = all.filter((one) => one.kind === 'coded' || one.kind === 'codes')
  return choices.find(({ code, list }) => code === key || list.id === key)?.list
}

function areaFaults(country: string, own: NonNullable<OverlayWish['areas']>[string]): string[] {
  const codes = own.map(({ code }) => code)
  const lost = own.filter(({ code, parent }) => parent !== undefined && (parent === code || !codes.includes(parent)))
  return [
    ...(isCountryCode(country) ? [] : [`areas.${country}: no country has this code.`]),
    ...lost.map(({ code, parent }) => `areas.${country}: ${code} lies in ${parent}, which is not among the areas.`),
    ...twice(codes).map((code) => `areas.${country}: ${code} stands there twice.`),
  ]
}

const twice = (codes: readonly string[]) => [...new Set(codes.filter((code, at) => codes.indexOf(code) !== at))]
