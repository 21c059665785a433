import type { HelpTopicText } from './help-topic.ts';

export const files: HelpTopicText = {
  title: 'Files and format',
  body: `
## A backup without Kedge
  tar --zstd -xf clinic_2026-11-21T02-00-00+0330_full.tar.zst
  sha256sum -c .kedge/SHA256SUMS

As root add -p --numeric-owner --xattrs --xattrs-include='*' --acls. An encrypted one ends in .age:

  age -d -i recovery-key.txt FILE.tar.zst.age | tar --zstd -x

A differential alone holds new and small changed files; the sums then name what needs its full. Each archive says in
.kedge/README.txt how to restore it by hand.

## What is in it
- SOURCE/PATH: the files, as they were
- .kedge/application.jsonc: the configuration, without secrets
- .kedge/SHA256SUMS, .kedge/index, .kedge/README.txt

A name says application, local time with its offset, and full or diff; a backup that you named has that name.

## Where things lie
- installed: /etc/kedge/kedge.jsonc, /var/lib/kedge, /run/kedge/kedge.sock
- else: $KEDGE_HOME, or ~/.config/kedge/kedge.jsonc and ~/.local/state/kedge
- in a destination: archives, .kedge-store.json (the marker), .kedge-trash (what was deleted)
- of this window: ~/.local/state/kedge/workbench.json

In the state folder catalogue.sqlite may be deleted: it is made again from the archives. state.sqlite and journal/ may not.

## The configuration
JSON with comments; comments survive every change that Kedge makes. A valid change takes effect at once; an invalid one
leaves the last good one in force and stands in PROBLEMS with its line.

  kedge config edit
  kedge config check new.jsonc
`,
};
