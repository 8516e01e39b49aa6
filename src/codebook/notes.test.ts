import { expect, it } from 'vitest'
import { allVariables } from './codebook.ts'
import { notes } from './notes.ts'

it('every variable has its note, and no other', () => {
  expect(Object.keys(notes).toSorted()).toEqual(allVariables.map(({ code }) => code).toSorted())
  expect(Object.values(notes).filter((note) => !note.endsWith('.'))).toEqual([])
})
