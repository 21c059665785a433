import type { HelpTopicText } from './help-topic.ts';

export const encryption: HelpTopicText = {
  title: 'Encryption',
  body: `
  kedge key create
  kedge key status
  kedge key check

"key create" shows a recovery key, once. Write it down or print it, and type it back: only when a test archive was
opened with what you typed, encryption is on. From then on every backup is encrypted (age) to that key and to one of
this server's own, so that verifying, restoring and differentials need nobody to type anything.

## What is lost when
- The server, or its key: give the recovery key. kedge restore run FILE --recovery-key, or kedge recover.
- The recovery key, and the server is there: kedge key create --replace. Older backups open with the server's key.
- Both: the backups are lost. Nobody can open them. Keep the recovery key away from this server.

Kedge reminds you after 180 days to prove with "key check" that you still have it.

## Others
- kedge backup create --passphrase locks one backup with a passphrase and nothing else
- "writeOnly": true keeps no key here: whoever takes over this server can't read its backups

Keys and passphrases are never arguments and stand in no log. They are typed in a shell, not in the interface.

## Without Kedge
  age -d -i recovery-key.txt FILE.tar.zst.age | tar --zstd -x

Encryption hides what is in a backup, not its size, its time or the name of the application in the file name.
`,
};
