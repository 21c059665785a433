import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { FuzzReport } from './report.ts';

const run = promisify(execFile);
const child = fileURLToPath(new URL('./child.ts', import.meta.url));
/** Each case makes its folders durable, which a memory file system does at once. */
const memory = '/dev/shm';

export interface FuzzSpan {
  readonly seed: number;
  /** Cases from `first` to before `until`, as far as the seconds reach. */
  readonly first: number;
  readonly until: number;
  readonly seconds: number;
}

/** Runs cases in a process of their own, whose memory is measured. */
export async function runFuzz({ seed, first, until, seconds }: FuzzSpan): Promise<FuzzReport> {
  const folder = mkdtempSync(join(existsSync(memory) ? memory : tmpdir(), 'kedge-fuzz-'));
  try {
    const words = [folder, seed, first, until, seconds].map(String);
    const { stdout } = await run(process.execPath, [child, ...words], { maxBuffer: 64 << 20 });
    return FuzzReport.parse(JSON.parse(stdout));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
