import type { ReceiverReason } from './receiver-error.ts'

/** What the command says for each reason: what happened, what is safe, what to do. */
export const sentences = {
  'port-in-use': 'Another program uses this port. Choose another with --port, or stop that program.',
  'port-refused': 'This user may not open this port. Choose one above 1023.',
  'bad-host': 'This machine has no such address. Choose another --host.',
  'bad-origin': 'An --origin is not one: write scheme, host and port only, like https://app.example.org',
  'data-folder': 'The data folder cannot be made or written to. Choose another, or change who may write to it.',
  'no-data': 'There is no receiver in this data folder. Begin with "receiver serve".',
  'key-missing':
    'The receipt key in the data folder is missing. Nothing was changed, and no box is lost. Tablets would not believe another key: bring receipt.key back from the backup that belongs to the database.',
  'key-damaged': 'The receipt key in the data folder cannot be read: bring receipt.key back from a backup.',
  'store-lost':
    'There is a receipt key in the data folder, but the database beside it is missing, empty or does not know this key. Nothing was changed: the key is safe, and tablets keep every case that the desk has not opened. Bring receiver.db back from the backup that belongs to the key, together with receiver.db-wal if that is in the backup.',
  'not-together':
    'The receipt key and the database in the data folder belong to two different receivers. Nothing was changed, and no box is lost. Bring both back from one backup.',
  'store-newer': 'The data folder was written by a newer version of this program. Use that version.',
  'store-damaged': 'The database in the data folder is damaged: bring it back from a backup.',
  'store-full': 'The disk is full.',
  'store-busy': 'Another program holds the database. Try again.',
  'store-failed': 'The database in the data folder cannot be opened or written.',
  'store-unreachable':
    'The database does not answer. Nothing was changed, and tablets keep what they have. Check that PostgreSQL runs and that this machine reaches it, then try again.',
  'store-refused':
    'The database does not let this program in, or is not there. Nothing was changed. Check user, password and name of the database in --database.',
  'bad-database': 'A --database is written like postgres://user:password@host:5432/name',
  'not-empty':
    'There is something in this data folder or database already. Nothing was changed. Bring a backup into a new folder and, with --database, a new database.',
  'bad-backup':
    'This is no whole backup of a receiver: it was cut short, or age did not open it. The backup is unchanged. Take the new folder (and database) away, and begin again: age -d -i KEY FILE | receiver restore --data DIR',
  'restore-unfinished':
    'A backup was being brought back here and that was not finished. The backup is unchanged. Take this folder (and database) away, and bring the backup back anew.',
  'bad-resealing':
    'This is no folder of boxes that the desk sealed anew, or its list is not signed by the key in --desk-key. Nothing was changed. Name the folder that "desk reseal --out" wrote, and the key that "desk fingerprint" shows.',
  'app-not-built':
    'There is no built app in this folder: it has no index.html. Nothing was started. Run "npm run build", then name its folder dist/app with --root.',
} as const satisfies Record<ReceiverReason, string>
