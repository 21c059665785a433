import { stat } from 'node:fs/promises';
import type { RestorePlan } from '../../../protocol/domain/restore.ts';
import { readOwnerNames } from '../../os/owner-names.ts';
import { processStart } from '../../os/process-start.ts';

/** Who runs on a data folder. */
export interface RunningServer {
  /** "mariadbd" */
  readonly program: string;
  /** Absent: of a container, and here it has none. */
  readonly pid?: number;
}

/** "mariadbd, process 4711" */
export function wordRunning({ program, pid }: RunningServer): string {
  return pid === undefined ? `${program} in a container` : `${program}, process ${pid}`;
}

/** As one of those who have the data open. */
export async function openedBy(
  source: string,
  running: RunningServer | undefined,
): Promise<RestorePlan['clients']> {
  if (running?.pid === undefined) return [];
  const { pid, program } = running;
  // Its folder belongs to the user that it runs as.
  const folder = await stat(`/proc/${pid}`).catch(() => undefined);
  if (folder === undefined) return [];
  const user = readOwnerNames().users.get(folder.uid) ?? String(folder.uid);
  const sinceMs = processStart(pid);
  return [{ source, pid, program, user, ...(sinceMs === undefined ? {} : { sinceMs }) }];
}
