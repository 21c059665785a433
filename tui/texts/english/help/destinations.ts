import type { HelpTopicText } from './help-topic.ts';

export const destinations: HelpTopicText = {
  title: 'Destinations, drives, other servers',
  body: `
A destination is a folder with a marker of Kedge's own: on a disk, a drive or a share that is mounted. A folder without
the marker counts as not mounted: nothing is written there, and nothing listed as missing.

  kedge destination prepare usb

marks the folder of a destination that stands in the configuration.

## A drive that comes and goes
With "removable": true and a "label" an absent drive is no fault. Its backups stay listed, with where they are and when
the drive was last seen.

  kedge backup copy latest usb
  kedge backup move --older-than '1 month' usb
  kedge backup import /mnt/old-server local

A copy is read back at the far end and compared before a move deletes anything; fulls take their differentials along.
After a cut the same command goes on. "copyTo" in a schedule copies every good backup by itself.

## Off this server, and back
  kedge backup download latest --to /mnt/usb
  kedge backup upload clinic.tar.zst

Downloads are compared by SHA-256 before they get their name. Uploads are verified before they are listed; archives of
other installations are welcome.

## Room
  kedge space

What takes how much, when the disk is full, and what may go. Less than 14 days is a warning, less than 3 an error.
`,
};
