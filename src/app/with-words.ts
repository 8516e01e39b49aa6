import { activateAll } from '../i18n/i18n.ts'

/** What is fetched behind the lock screen, or opened from it, comes with its words. */
export async function withWords<M>(module: Promise<M>): Promise<M> {
  const [loaded] = await Promise.all([module, activateAll()])
  return loaded
}
