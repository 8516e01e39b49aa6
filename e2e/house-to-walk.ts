import { cpSync } from 'node:fs'
import { join } from 'node:path'
import { onlyPage, openBrowser, removeProfile } from './browser.ts'
import { projectRoot, removeFolder, temporaryFolder } from './house.ts'
import { anOrganisation } from './organisation.ts'
import { holdVault } from './vault-by-hand.ts'
import { beginWalk, type Walk } from './walk.ts'

/** An empty tablet and an organisation, for a walk through every screen (`every-screen.ts`). */
export interface HouseToWalk {
  readonly walk: Walk
  readonly close: () => Promise<void>
}

export async function aHouseToWalk(
  name: string,
  locale: 'en' | 'ar',
  look: Parameters<typeof openBrowser>[1],
): Promise<HouseToWalk> {
  // Of its own, because a newer version is put there on the way.
  const app = temporaryFolder('app')
  cpSync(join(projectRoot, 'dist', 'app'), app, { recursive: true })
  const profile = temporaryFolder('profile')
  const organisation = await anOrganisation(name, { app, settings: ['--allow-printing'] })
  const context = await openBrowser(profile, look)
  await holdVault(context)
  return {
    walk: beginWalk({ locale, context, page: await onlyPage(context), organisation }),
    close: async () => {
      await context.close()
      removeProfile(profile)
      await organisation.close()
      removeFolder(app)
    },
  }
}
