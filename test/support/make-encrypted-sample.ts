import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { argv } from 'node:process';
import { bothKeys, recoveryKey, samplePassphrase, writeAgeFile } from './age-files.ts';

const [, , folder] = argv;
if (folder === undefined) throw new Error('usage: make-encrypted-sample.ts FOLDER (of the others)');
const of = async (name: string) => await readFile(join(folder, name));
await writeAgeFile(join(folder, 'encrypted-base.tar.zst.age'), await of('base.tar.zst'), bothKeys);
await writeAgeFile(join(folder, 'encrypted-diff.tar.zst.age'), await of('diff.tar.zst'), bothKeys);
await writeAgeFile(join(folder, 'passphrase-full.tar.zst.age'), await of('full.tar.zst'), {
  kind: 'passphrase',
  passphrase: samplePassphrase,
});
const lines = ['# A key for tests. It stands in public and protects nothing.', recoveryKey.secret];
await writeFile(join(folder, 'test-only-recovery-key.txt'), `${lines.join('\n')}\n`);
