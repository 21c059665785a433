import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** A folder of the test's own, removed with all in it when disposed. */
export function tempFolder(): Disposable & { readonly path: string } {
  const path = mkdtempSync(join(tmpdir(), 'kedge-'));
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) };
}

/** The path of one that goes when this test ends. Open to other users, as some tests act as one. */
export function temporaryFolder(): string {
  const folder = tempFolder();
  chmodSync(folder.path, 0o755);
  onTestFinished(() => folder[Symbol.dispose]());
  return folder.path;
}
