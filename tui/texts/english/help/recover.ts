import type { HelpTopicText } from './help-topic.ts';

export const recover: HelpTopicText = {
  title: 'Recover onto an empty machine',
  body: `
From the archives alone: no configuration, no state, other paths, another user.

  kedge recover /mnt/usb --plan
  kedge recover /mnt/usb
  kedge recover /mnt/usb --map /srv/clinic=/data/clinic --owner clinic=app --destination local=/mnt/usb

Given are archives or folders that hold some; the newest whole backup is taken, or with --at an older one. --plan touches
nothing and lists what is missing here: programs that services name, users, mounted drives, tools, the recovery key.

- --map OLD=NEW moves what lay in OLD, in the configuration and in command lines too
- --owner OLD=NEW, :OLD=:NEW for groups; --owners me gives all to you
- --destination NAME=FOLDER says where a destination is on this machine
- --replace moves aside what is there already, as an undo

Encrypted archives open with --recovery-key or --passphrase, asked for or read from standard input.

Data is unpacked and checked beside its places and moved in; then the configuration is written and services started one
after the other. Exit code 3 says that not all of them run. Until the configuration is written a failure leaves nothing;
the same command goes on after a cut.

The configuration in an archive names commands, and they are started: recover from archives that you trust. --plan shows
the commands first.

## Before it is needed
  kedge report --runbook

One page to print: where the backups lie, which key opens them, how to recover with Kedge and without it.
`,
};
