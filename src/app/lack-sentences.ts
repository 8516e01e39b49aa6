import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import type { Lack } from './browser-check.ts'

/** What this browser lacks, and what may help. */
export const lackSentences = {
  'secure-context': msg`This page was not loaded over a secure connection (https). Open the address that your organisation gave you.`,
  script: msg`This browser is too old for Daybook: something that it is written with is missing. Update the browser, or use another one.`,
  'service-worker': msg`The browser cannot work offline here (no service worker). Private windows often switch it off: open an ordinary window.`,
  worker: msg`The browser did not start the part of Daybook that keeps your records (a module worker). Update the browser and try again.`,
  locks: msg`The browser cannot keep two tabs from writing at once (no Web Locks). Update the browser.`,
  crypto: msg`The browser's encryption (WebCrypto) is missing, or gave a wrong answer. Update the browser.`,
  'key-making': msg`The browser could not make a key from a passphrase (WebAssembly, 19 MB of memory). Close other tabs and apps and try again. If WebAssembly was switched off, switch it on.`,
  packing: msg`The browser cannot pack what is to be sent (no gzip streams). Update the browser.`,
  files: msg`The browser keeps no private files (OPFS), or does not forget what was replaced in them. Private windows often switch them off: open an ordinary window.`,
  database: msg`The browser's database (IndexedDB) is missing, or does not make sure that what is saved is on the disk. Open an ordinary window and update the browser.`,
} as const satisfies Record<Lack, MessageDescriptor>
