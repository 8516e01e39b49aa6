import { activateMore } from './i18n.ts'

/** Whatever is fetched behind the lock screen, or opened from it, comes with its words. */
export async function withWords<M>(module: Promise<M>): Promise<M> {
  const [loaded] = await Promise.all([module, activateMore('all')])
  return loaded
}

/** The same for what stands between the lock and the first field of a case, which does not wait for all words. */
export async function withFirstWords<M>(module: Promise<M>): Promise<M> {
  const [loaded] = await Promise.all([module, activateMore('first')])
  return loaded
}
