import { readdirSync, readlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { warmFile } from '../../agent/os/warm-file.ts';
import { temporaryFolder } from '../support/temp-folder.ts';

test('no descriptor of a file is open once it is no longer warmed, wherever the reading was', async () => {
  const path = join(temporaryFolder(), 'large');
  writeFileSync(path, Buffer.alloc(20 << 20));
  {
    await using _warming = warmFile(path);
  }
  const open = readdirSync('/proc/self/fd').map((fd) => linkOf(`/proc/self/fd/${fd}`));
  expect(open).not.toContain(path);
});

test('a file that is not there is left to who needs it', async () => {
  await using _warming = warmFile(join(temporaryFolder(), 'none'));
});

/** The descriptor by which the folder is read is gone by then. */
function linkOf(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return '';
  }
}
