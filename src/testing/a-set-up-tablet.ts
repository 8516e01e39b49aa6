import type { VaultApi } from '../vault/api.ts'
import { ATablet } from './a-tablet.ts'
import { anOrganisation, type AnOrganisation } from './an-organisation.ts'

/** A tablet that an organisation has set up, with one account on it, open. */
export interface ASetUpTablet {
  readonly tablet: ATablet
  readonly organisation: AnOrganisation
  readonly vault: VaultApi
  readonly accountId: string
}

export async function aSetUpTablet(): Promise<ASetUpTablet> {
  const tablet = new ATablet()
  const organisation = await anOrganisation()
  return { tablet, organisation, ...(await tablet.withAccount({ setup: await organisation.setup() })) }
}
