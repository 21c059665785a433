import type { BackupRun } from '../product/back-up.ts';
import { dropArchive } from '../product/back-up.ts';
import type { Row } from '../row.ts';
import { measured } from './rows.ts';

/** What a backup of somebody's took. */
export interface Attempt {
  readonly seconds: number;
  readonly mebibytes: number;
}

const mebibyte = 1024 * 1024;

/** A backup of Kedge's, which is not needed any more. */
export function dropped(run: BackupRun): Attempt {
  dropArchive(run);
  return { seconds: run.seconds, mebibytes: run.backup.sizeBytes / mebibyte };
}

/** Kedge's attempts beside those of `key`, which is called `name`. */
export function against(
  what: string,
  attempts: ReadonlyMap<string, readonly Attempt[]>,
  key: string,
  name: string,
): readonly Row[] {
  const of = (who: string, figure: keyof Attempt) =>
    (attempts.get(who) ?? []).map((attempt) => attempt[figure]);
  return [
    measured(`${what}, wall`, 's', of('kedge', 'seconds'), { peer: [name, of(key, 'seconds')] }),
    measured(`${what}, size`, 'MiB', of('kedge', 'mebibytes'), {
      peer: [name, of(key, 'mebibytes')],
    }),
  ];
}
