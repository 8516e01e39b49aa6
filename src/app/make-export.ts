import type { Codebook } from '../codebook/codebook.ts'
import { exportFiles, zipOf } from '../export/bundle.ts'
import { selectCases } from '../export/selection.ts'
import { sealTo, sealWithPassphrase } from '../seal/envelope.ts'
import type { VaultClient } from '../vault/vault-client.ts'

/** How an export leaves the app. */
export type Closing =
  | { readonly how: 'organisation'; readonly recipients: readonly string[] }
  | { readonly how: 'passphrase'; readonly passphrase: string }
  | { readonly how: 'plain' }

export interface MadeExport {
  readonly blob: Blob
  readonly fileName: string
  readonly cases: number
  readonly unreadable: number
  /** Victims in it who did not agree that data are passed on. */
  readonly notAgreed: number
  readonly leftOut: ReturnType<typeof selectCases>['leftOut']
}

/**
 * The tables of the newest finished revision of every case, with the codebook beside them, as one ZIP, sealed unless
 * `plain`. The same code as the desk's. The file's name says nothing but the day.
 */
export async function makeExport(vault: VaultClient['api'], closing: Closing, asked: Codebook): Promise<MadeExport> {
  const { records, unreadable } = await vault.finishedRevisions()
  const { cases, leftOut } = selectCases(records)
  const notAgreed = selectCases(records, 'agreed').leftOut.victimsNotAgreed
  const zip = await zipOf(exportFiles(records, { asked }))
  const sealed = await close(zip, closing)
  await vault.note(closing.how === 'plain' ? 'export-plain' : 'export')
  const day = new Date().toISOString().slice(0, 10)
  return {
    blob: new Blob([sealed], { type: closing.how === 'plain' ? 'application/zip' : 'application/octet-stream' }),
    fileName: `daybook-${day}.zip${closing.how === 'plain' ? '' : '.age'}`,
    cases: cases.length,
    unreadable,
    notAgreed,
    leftOut,
  }
}

async function close(zip: Uint8Array<ArrayBuffer>, closing: Closing): Promise<Uint8Array<ArrayBuffer>> {
  switch (closing.how) {
    case 'organisation':
      return await sealTo(closing.recipients, zip)
    case 'passphrase':
      return await sealWithPassphrase(closing.passphrase, zip)
    case 'plain':
      return zip
  }
}
