import { basename } from 'node:path';
import type { RetentionLine } from '../../../protocol/domain/retention.ts';
import { KedgeError } from '../../../protocol/failures.ts';
import {
  installationAnswer,
  retentionPreview,
  retentionRun,
  trashEmpty,
  trashList,
  trashRestore,
} from '../../../protocol/methods/retention.ts';
import { applyRetention } from '../apply-retention.ts';
import type { Daemon } from '../daemon.ts';
import { standOrFall } from '../locked-archives.ts';
import { retentionOf } from '../retention/ask-retention.ts';
import { movedProblem } from '../retention/deletion-held.ts';
import { emptyTrash } from '../retention/empty-trash.ts';
import { readTrash } from '../retention/list-trash.ts';
import { restoreTrashed } from '../retention/restore-trashed.ts';
import { handle } from './handler.ts';

export const retentionHandlers = [
  handle(retentionPreview, async (daemon, { schedule, settings }) => {
    const supposed =
      schedule === undefined || settings === undefined ? undefined : { schedule, settings };
    return { lines: namedLines(daemon, retentionOf(daemon, supposed), schedule) };
  }),
  handle(retentionRun, async (daemon) => ({ gone: await applyRetention(daemon) })),
  handle(trashList, async (daemon) => {
    const entries = await readTrash(daemon);
    return { trashed: entries.flatMap(({ trashed }) => (trashed === undefined ? [] : [trashed])) };
  }),
  handle(trashRestore, async (daemon, { backup }) => ({
    restored: await restoreTrashed(daemon, backup),
  })),
  handle(trashEmpty, async (daemon, { backup, confirmation }) => {
    return await emptyTrash(daemon, backup, confirmation);
  }),
  handle(installationAnswer, async (daemon, { answer }) => {
    refuseUnasked(daemon);
    const { machine } = daemon.state;
    if (answer === 'moved') machine.adopt();
    else machine.separate();
    standOrFall(daemon.overview.standing, movedProblem(daemon.state));
    daemon.overview.touch();
    daemon.broadcast.publish({ topic: 'backups', total: daemon.backups.count() });
    daemon.log.write(
      'info',
      `this installation is ${answer === 'moved' ? 'the same, moved here' : 'one of its own from now on'}`,
    );
    return { installation: daemon.state.installation };
  }),
];

/** With what people know them by; of one schedule only where that is asked for. */
function namedLines(
  daemon: Daemon,
  lines: readonly RetentionLine[],
  schedule: string | undefined,
): RetentionLine[] {
  const backups = new Map(daemon.backups.all().map((backup) => [backup.id, backup]));
  return lines.flatMap((line) => {
    const backup = backups.get(line.backup);
    if (schedule !== undefined && backup?.schedule !== schedule) return [];
    if (backup === undefined) return [line];
    return [{ ...line, name: basename(backup.path), sizeBytes: backup.sizeBytes }];
  });
}

function refuseUnasked({ state }: Daemon): void {
  if (state.machine.moved() !== undefined) return;
  const why = 'this is the machine that Kedge was set up on';
  throw new KedgeError('unavailable', { what: 'saying whether it was moved', why });
}
