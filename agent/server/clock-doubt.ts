import type { Backup } from '../../protocol/domain/backup.ts';
import type { Daemon } from './daemon.ts';

const hourMs = 3_600_000;

/** Why the clock is not trusted: it was set while Kedge ran, or has been wrong since the start. */
export function clockDoubt(daemon: Daemon, backups: readonly Backup[]): string | undefined {
  const own = backups.filter(({ installation }) => installation === daemon.state.installation);
  const newestMs = own.reduce((last, { capturedAtMs }) => Math.max(last, capturedAtMs), 0);
  const behind = newestMs - daemon.now() > hourMs;
  return daemon.clock.doubt() ?? (behind ? 'the clock is behind the newest backup' : undefined);
}
