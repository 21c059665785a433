import { existsSync, statfsSync } from 'node:fs';

/**
 * Imported by tests that make much durable, and whose proof does not hang on the disk: processes are killed, or a
 * model says what is durable, or it is about rows. On a real disk they mostly wait.
 */
const folder = '/dev/shm';
const leastBytes = 1 << 30;

if (existsSync(folder)) {
  const { bavail, bsize } = statfsSync(folder);
  if (bavail * bsize >= leastBytes) process.env['TMPDIR'] = folder;
}
