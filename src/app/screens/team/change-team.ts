import type { TeamChanged } from '../../../vault/api.ts'

/** Does something to the team and shows it anew; what was refused is said. Gives whether it was done. */
export type ChangeTeam = (change: () => Promise<TeamChanged>) => Promise<boolean>
