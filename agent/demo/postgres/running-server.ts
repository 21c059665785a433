import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The process of the server whose data lies in a folder, if it runs. */
export async function runningServer(data: string): Promise<number | undefined> {
  const [first = ''] = (await readOrEmpty(join(data, 'postmaster.pid'))).split('\n');
  const pid = Number(first);
  if (!Number.isInteger(pid) || pid < 1) return undefined;
  // The number may be another program's by now.
  const argv = (await readOrEmpty(`/proc/${pid}/cmdline`)).split('\0');
  return argv.includes(data) ? pid : undefined;
}

const readOrEmpty = async (path: string): Promise<string> =>
  await readFile(path, 'utf8').catch(() => '');
