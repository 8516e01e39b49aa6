/** How the command is used. */
export const usage = `Usage:
  receiver serve --data DIR --port N --origin URL [--origin URL ...] [--host HOST] [--database URL]
      Takes in boxes. --origin is where the app (or the desk's page) is served. --database keeps them in PostgreSQL
      instead of in DIR, like postgres://user:password@host:5432/name; any number of processes may share one. The
      variable DAYBOOK_DATABASE says the same without showing the password in the list of processes. Commands on the
      data below take it, too. --metrics-port N answers GET /metrics for Prometheus, to this machine alone.
      With --root DIR and --app-port N the same process serves the built app, too, on an origin of its own.
  receiver app --root DIR --port N [--connect URL ...] [--host HOST] [--development]
      Serves the built app, with the headers that it needs. --connect is a receiver that the app may call; without it
      the app may call any over https. --development lets it call receivers on this machine over plain http.
  receiver code --data DIR [--days N | --open-while-running]
      Prints a new enrolment code: for one device and 14 days, or for many devices until the receiver stops.
  receiver withdraw --data DIR CODE
      Makes a code that was not used yet worthless.
  receiver desk add --data DIR
      Prints a new token for a desk. It is shown once.
  receiver desk list --data DIR
      Lists the desks' tokens by name and day.
  receiver desk revoke --data DIR DESK
      Makes the token of this name worthless.
  receiver devices --data DIR
      Lists the devices that enrolled.
  receiver revoke --data DIR DEVICE
      Refuses what a device sends from now on.
  receiver lost --data DIR NUMBER
      The same for the tablet whose set-up sheet had this number, of nine digits, on its lost-tablet card.
  receiver readmit --data DIR DEVICE
      Lets a device that is known enrol once more, with a new code.
  receiver org add --data DIR NAME [--mib-per-day N]
      Serves one more organisation, with a receipt key and devices, desks and boxes of its own; prints the token of its
      desk. The commands above are then told whose by --org NAME; without it they are about the one called "first".
  receiver org list --data DIR
      Lists the organisations.
  receiver backup --data DIR --to AGE1... [--to AGE1...] --out FILE
      Writes all that the receiver keeps into one file, sealed; it may run meanwhile. This program cannot open it.
  receiver restored --data DIR
      After a folder or a database was brought back by other means than "restore", before the start: tablets and desks then
      see that this is an older store, and offer and read again.
  receiver prune --data DIR --desk-key KEY [--desk-key KEY] --opened-days N
      Lets go of the bytes of boxes that the desk opened more than N days ago, as its signed receipts say. A new folder of
      the desk cannot fetch them any more: keep a copy of the one that has them.
  receiver reseal --data DIR --desk-key KEY [--desk-key KEY] FOLDER
      Puts boxes that the desk sealed anew ("desk reseal") in the place of those that lie here, as its signed list says. Stop
      the receiver first, so that nothing of what they were stays in the database.
  receiver accept --url URL --receipt-key KEY --desk-token TOKEN --origin URL
      Asks any receiver, this one or another, whether it does what tablets and desks need. It leaves boxes of random bytes
      there: ask one that nobody works with yet.
  age -d -i KEY FILE | receiver restore --data DIR
      Brings it back into a new folder (and a new database).
`
