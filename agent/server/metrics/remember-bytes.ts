import { errorMessage } from '../../os/error-code.ts';
import type { Daemon } from '../daemon.ts';
import type { BackupFigures } from './backup-figures.ts';

/** The first of a day counts; this long after midnight at the latest. */
const everyMs = 3_600_000;
/** The first listing is through by then. */
const firstMs = 60_000;

/** Writes down once a day what all backups take: a report tells by it what they grew. */
export function rememberBytes(daemon: Daemon): Disposable {
  const remember = (): void =>
    void daemon.overview
      .seen()
      .then(({ figures }) => {
        daemon.state.bytes.add({ atMs: daemon.now(), bytes: bytesOf(figures) });
      })
      .catch((error: unknown) => {
        daemon.log.write(
          'warning',
          `the size of all backups was not noted: ${errorMessage(error)}`,
        );
      });
  const first = setTimeout(remember, firstMs).unref();
  const regular = setInterval(remember, everyMs).unref();
  return {
    [Symbol.dispose]() {
      clearTimeout(first);
      clearInterval(regular);
    },
  };
}

export function bytesOf({ counts }: BackupFigures): number {
  return counts.reduce((sum, { bytes }) => sum + bytes, 0);
}
