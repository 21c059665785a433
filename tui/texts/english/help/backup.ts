import type { HelpTopicText } from './help-topic.ts';

export const backup: HelpTopicText = {
  title: 'Back up',
  body: `
## Now
  kedge backup create
  kedge backup create --name 'before update' --to /mnt/usb
  kedge backup create --differential
  kedge backup create --dry-run

In the interface "b": a name, a place, Enter. How large it will be, how long it takes and whether it fits stands below
the form. Without a name the file is called by application and time; "--to" takes a destination by name or any folder.

## Full and differential
A full holds everything. A differential holds what changed since the last good full, of databases page by page, and
needs that full to be restored. Where the full is missing or damaged, the next differential becomes a full and says why.

## What is in it
One file per backup, .tar.zst, that any Linux can unpack without Kedge (kedge help files). A source that could not be
read is named as a gap; the rest is backed up all the same. Exit code 3 says so, and so do list and screen.

## While the application runs
SQLite is read in one transaction: writers go on, and the picture is one committed state. Databases in servers: kedge help databases. An upload that changes while
it is read is read again. What must stand still may be held with "quiesce" in the configuration: a hook, or services
that are stopped for the capture.

## Verified, proven
Each backup is read back right after it was made, every frame and every database in it: verified. A drill restores it
into scratch, checks it and throws that away: proven. Both happen by themselves, in quiet moments.

  kedge backup verify latest
  kedge drill latest

## Before a risky change
  kedge checkpoint 'before 4.3 update' -- ./update.sh

A checkpoint is a pinned, verified backup. The command behind "--" runs only once it is whole.

## Look into one
  kedge backup browse latest uploads
  kedge backup extract latest uploads/scan.pdf --to /tmp/out
  kedge backup diff OLD NEW --rows

Of a damaged archive  kedge backup salvage FILE --to FOLDER  brings out all that is whole.
`,
};
