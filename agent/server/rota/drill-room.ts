import { basename, join } from 'node:path';
import type { Backup } from '../../../protocol/domain/backup.ts';
import { errorMessage } from '../../os/error-code.ts';
import { spaceOf } from '../../os/files.ts';
import { wordBytes } from '../../os/word-bytes.ts';
import { existingFolder } from '../../restore/space-needs.ts';
import type { Daemon } from '../daemon.ts';

const id = 'drill-room';
/** What engines and the application write beside the copy. */
const share = 1.1;
const besideBytes = 64 * 1024 * 1024;

/** Whether the copy of a drill would not fit; says so once, in the log and among the problems. */
export async function lacksRoom(daemon: Daemon, backup: Backup): Promise<boolean> {
  // The own one is made for each job; another that is not there is not mounted, or misspelt.
  const scratch =
    daemon.config().drill?.scratch ?? (await existingFolder(join(daemon.places.state, 'scratch')));
  const needed = backup.contentBytes * share + besideBytes;
  const free = await freeBytesOf(scratch);
  const lacks = typeof free === 'string' || free < needed;
  if (!lacks) drillHasRoom(daemon);
  else if (!daemon.overview.standing.has(id)) {
    const why = typeof free === 'string' ? free : shortage(needed, free);
    const text = `no drill of "${basename(backup.path)}": ${why}`;
    daemon.log.write('warning', text);
    daemon.overview.standing.set(id, { id, severity: 'warning', text, place: scratch, hint });
    daemon.overview.touch();
  }
  return lacks;
}

/** Or none is due any more. */
export function drillHasRoom(daemon: Daemon): void {
  if (daemon.overview.standing.delete(id)) daemon.overview.touch();
}

const hint =
  'Free some space there, or name another folder under "drill.scratch" in the configuration.';

function shortage(needed: number, free: number): string {
  return `it needs ${wordBytes(Math.ceil(needed))} for a copy, ${wordBytes(free)} are free`;
}

/** In words where it cannot be told. */
async function freeBytesOf(folder: string): Promise<number | string> {
  try {
    return (await spaceOf(folder)).freeBytes;
  } catch (error) {
    return `the folder for copies can't be looked at: ${errorMessage(error)}`;
  }
}
