import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from './temp-folder.ts';

export const secret = 'a shared secret';

export function secretFile(mode = 0o600): string {
  const path = join(temporaryFolder(), 'secret');
  writeFileSync(path, `${secret}\n`, { mode });
  return path;
}
