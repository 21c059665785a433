import type { HelpTopicText } from './help-topic.ts';

export const restore: HelpTopicText = {
  title: 'Restore',
  body: `
  kedge restore plan latest
  kedge restore run latest
  kedge restore run --at 'yesterday 14:00'
  kedge restore run /mnt/usb/clinic.tar.zst

A plan comes first: what is replaced, which rows and files are newer and would be lost, who is connected, how long the
services are down, how much room it needs. It touches nothing. The restore then wants the name of the application typed.

--at takes a moment, or a day for its end; days of the Solar Hijri calendar, 1405-08-29, are understood in every language.

## What is newer
- dropped, as the backup has it: nothing to add
- kept: --keep-newer brings back only what is gone or differs
- untouched: --elsewhere FOLDER unpacks and checks, and stops no service

## Only a part
- a source, a folder or a file: --only uploads, --only uploads/2026
- a table or a row of SQLite: --table database.patients, --row database.patients=17
- a table of a database in a server: --table database.patients; with --beside under a name of its own, to copy from

On screen 3 the same questions are asked one after the other.

## What is done, in this order
A safety backup of what is live; unpacked and checked beside the live data; services stopped; what is live put aside as
the undo; exchanged by rename; services started and proven healthy. If they do not become healthy, the old state comes
back by itself. After a crash, a power cut or a lost connection Kedge finishes or takes back on its own: old state or new
state, never a mixture. Closing the window stops nothing.

## Undo
  kedge undo list
  kedge undo show
  kedge undo run

What was live before stays for 7 days; an undo can itself be undone. In the interface "u" on screen 3.

## Too little room
The plan counts staging and undo. --staging FOLDER and --safety-to FOLDER use another disk; --without-safety-backup and
--without-undo go further, and each wants its words typed.
`,
};
