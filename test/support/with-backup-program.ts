import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A mariadb-backup of the test's own, in front of all others on the PATH. */
export async function withBackupProgram(script: string, act: () => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'kedge-path-'));
  const before = process.env['PATH'] ?? '';
  try {
    writeFileSync(join(folder, 'mariadb-backup'), `#!/bin/bash\n${script}\n`);
    chmodSync(join(folder, 'mariadb-backup'), 0o755);
    process.env['PATH'] = `${folder}:${before}`;
    await act();
  } finally {
    process.env['PATH'] = before;
    rmSync(folder, { recursive: true });
  }
}
