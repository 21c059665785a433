import { chmodSync, mkdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { packFolder } from '../../../agent/setup/delivery/pack.ts';
import { temporaryFolder } from '../../support/temp-folder.ts';

test('the same files give the same bytes, whenever and in whatever order they were made', async () => {
  const packed = async (names: readonly string[], time: number, mode: number) => {
    const folder = join(temporaryFolder(), 'kedge-1');
    mkdirSync(folder);
    for (const name of names) {
      writeFileSync(join(folder, name), `text of ${name}`);
      chmodSync(join(folder, name), mode);
      utimesSync(join(folder, name), time, time);
    }
    await packFolder(folder, `${folder}.tar.gz`);
    return readFileSync(`${folder}.tar.gz`);
  };
  const first = await packed(['a', 'b', 'c'], 1_700_000_000, 0o644);
  expect((await packed(['c', 'a', 'b'], 1_600_000_000, 0o664)).equals(first)).toBe(true);
});
