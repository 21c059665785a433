import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** A folder of the test's own, removed with all in it when disposed. */
export function tempFolder(): Disposable & { readonly path: string } {
  const path = mkdtempSync(join(tmpdir(), 'kedge-'));
  return { path, [Symbol.dispose]: () => removeFolder(path) };
}

/** The path of one that goes when this test ends. Open to other users, as some tests act as one. */
export function temporaryFolder(): string {
  const folder = tempFolder();
  chmodSync(folder.path, 0o755);
  onTestFinished(() => folder[Symbol.dispose]());
  return folder.path;
}

const pauseMs = 50;
const tries = 200;

/**
 * Where Kedge was killed, what it had started (a job, the `sh` of a service) may make a file while all is removed,
 * and end a moment later: nothing tells of that, so it is tried again for 10 s.
 */
export function removeFolder(path: string): void {
  for (let nth = 1; ; nth += 1) {
    try {
      rmSync(path, { recursive: true, force: true });
      return;
    } catch (error) {
      // Node's own removal gives no code here.
      if (nth === tries || !/ENOTEMPTY|not empty/.test(String(error))) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, pauseMs);
    }
  }
}
