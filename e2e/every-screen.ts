import type { Stage } from '../src/app/app.tsx'
import type { Screen } from '../src/app/house.tsx'
import { beforeTheLock } from './states/before.ts'
import { onePerson, wholeCase } from './states/case.ts'
import { ofCopies } from './states/copies.ts'
import { elsewhere } from './states/elsewhere.ts'
import { atHome, inAnotherTab, practice } from './states/home.ts'
import { lockedAgain } from './states/locked.ts'
import { anotherPerson } from './states/people.ts'
import { afterSending, sending, taken } from './states/sent.ts'
import { onABadDay } from './states/tablet.ts'
import type { Walk } from './walk.ts'

/** Whatever fills the whole window: what the app names itself, and what lies in front of it or beside it. */
export type Place = Exclude<Stage['at'], 'starting' | 'open'> | Screen['name'] | 'cover' | 'locked' | 'new-version'

/** One thing that a person can have before them. */
export interface State {
  readonly place: Place
  readonly name: string
  /** From the state before it in the list, in the real app, as a person would. */
  readonly reach: (walk: Walk) => Promise<void>
  /** Lasts only as long as the focus stays where it is. */
  readonly fleeting?: boolean
}

/** Every screen and state in the order of one walk through the app: from an empty tablet to one that cannot be opened. */
export const everyScreen = [
  ...beforeTheLock,
  ...onePerson,
  ...wholeCase,
  ...sending,
  ...elsewhere,
  ...ofCopies,
  ...atHome,
  ...afterSending,
  ...inAnotherTab,
  ...practice,
  ...taken,
  ...anotherPerson,
  ...onABadDay,
  ...lockedAgain,
] as const satisfies readonly State[]

type Forgotten = Exclude<Place, (typeof everyScreen)[number]['place']>
/** Does not compile while some place of the app has no state here: the compiler then names it. */
export const forgotten: [Forgotten] extends [never] ? 'nothing' : Forgotten = 'nothing'

/** Goes through all of them, and stops at each for `look`. */
export async function walkThrough(walk: Walk, look: (state: State) => Promise<void>): Promise<void> {
  for (const state of everyScreen) {
    await state.reach(walk)
    await look(state)
  }
}
