/** How the command is used. */
export const help = `desk: the organisation's own command. It holds the keys that open what tablets send.

  keygen --out FOLDER [--classic] [--plain-keys] [--passphrase-file FILE] [--yes-i-wrote-them-down]
      Makes the keys: for work, for the drawer (24 words on paper), for configurations and their successor, for receipts.
      --classic makes age1… keys, which every age command can use, instead of hybrid ones (age 1.3 or later).
      --plain-keys keeps them without a passphrase.

  drawer --out FILE [--keys FOLDER] [--classic] [--words-file FILE] [--plain-keys] [--passphrase-file FILE]
      Makes a key file of the drawer's 24 words, for the day when the key for work is lost: "open --identity FILE".
      --keys checks that the words belong to that organisation; --classic if that is written beside the words.

  configure --keys FOLDER (--endpoint URL --receiver-key KEY | --no-receiver) --app URL
            --name NAME --org-code CODE --org-type TYPE
            [--country CC] [--area CODE] [--label TEXT] [--code CODE] [--token TOKEN] [--out FOLDER]
            [--receiver-key NEXT] [--recipient AGE1… --recipient AGE1…] [--single-recipient]
            [--steps 1,2,3] [--overlay FILE] [--circle me|team] [--cover-minutes N] [--idle-seconds N] [--retention-days N]
            [--no-safety-copies] [--revoke-recipients] [--allow-printing] [--allow-wipe-passphrase] [--passphrase-file FILE]
      Signs the next configuration and makes the link and the QR code that set a tablet up. With the desk's token the
      set-up document is put on the receiver and an enrolment code is made. --no-receiver: tablets send nothing, they
      save sealed files for "take". --overlay is a JSON file that says what you
      ask otherwise than the codebook: questions that are off, own values, areas, own words (docs/running.md).

  sheet --keys FOLDER --app URL [--out FILE] [--languages en,ar] [--telephone TEXT] [--token TOKEN]
        [--code CODE --until YYYY-MM-DD] [--passphrase-file FILE]
      Writes a page to print on one A4 sheet, which sets one tablet up without a network: numbered QR codes with the
      configuration that "configure" signed last and an enrolment code of 14 days, the six words, and the number to say
      when the tablet is lost. --languages takes en, fr, es, ar, ru, zh. Where the receiver cannot be reached, its operator
      makes the code ("receiver code") and says its last whole day. Without a receiver there is no code, no day and no
      number, and the sheet is good for every tablet.

  open --keys FOLDER --out FOLDER [--receiver URL --token TOKEN | --boxes FILE…]
       [--labels] [--no-receipt] [--hold-new-keys] [--approve KEY…] [--passphrase-file FILE]
       [--identity FILE [--identity-passphrase-file FILE]]
      Fetches what is new, opens it, and writes tables, report.txt and receipts. Twice gives the same tables.
      Where the receiver does not answer, what was fetched before is opened, and the last line says so.
      --identity opens with another key than the one for work, as "drawer" makes it.
      The tables are plain: keep the folder where only you can read.

  take FILE… --keys FOLDER --out FOLDER [--answer FILE]
       [--labels] [--hold-new-keys] [--approve KEY…] [--passphrase-file FILE]
      Takes boxes that a tablet saved as a file, as if they had been fetched, and writes the signed answer that the tablet
      brings in ("Bring in an answer"): into the folder "answers" under --out, or where --answer says; where it fits, as a
      QR code, too. No receiver is asked. Twice gives the same tables, and the answer once more.

  copy --file FILE --out FOLDER (--words | --words-file FILE | --identity FILE | --keys FOLDER)
       [--labels] [--passphrase-file FILE]
      Opens a copy that a tablet made ("Copy to a stick"), where there is no tablet to bring it back on: tables of what
      was finished, and in "unfinished" of what was not. --words asks for the 24 words of the tablet's key for the drawer.
  copy --file FILE --for AGE1… --out FILE (--words | …)
      Seals it anew for the one tablet that shows this text under "Copies"; nothing is written in the clear.

  drafts --keys FOLDER --from FOLDER --for AGE1… --out FILE [--device TABLET] [--passphrase-file FILE]
      Gives the drafts of a tablet that is gone to one new tablet, which shows the text under "Copies". They come from the
      safety copies in the folder that "open" fetches into; "open" first, so that the newest are there. --device where the
      drafts of several tablets are here, as report.txt names them. Nothing is written in the clear.

  renew --keys FOLDER --out NEW [--successor FILE] [--plain-keys] [--passphrase-file FILE] [--new-passphrase-file FILE]
      For the day when somebody who held the keys leaves, or configuration.key is lost: a new folder in which the successor
      signs, with new keys for work and for receipts. What was sealed so far still opens. Says what to do next.

  reseal --keys FOLDER --from FOLDER [--out NEW] [--passphrase-file FILE]
      After "renew": seals the boxes in the folder that "open" fetches into anew, for the new key for work and the drawer;
      whoever has the old key then opens none of them. "open" first, so that all are there. --out writes them for the
      receiver, too, whose operator puts them in the place of the old ones ("receiver reseal").

  passphrase --keys FOLDER --out NEW [--plain-keys] [--passphrase-file FILE] [--new-passphrase-file FILE]
      The same keys in a new folder, under another passphrase.

  fingerprint --keys FOLDER [--passphrase-file FILE]
      The six words that tablets show, and the public keys.

The token may stand in the variable DAYBOOK_DESK_TOKEN instead, where other users of the machine do not see it.`
