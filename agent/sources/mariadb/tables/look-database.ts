import { createHash } from 'node:crypto';
import { failureOf, wordFailure } from '../../../../protocol/failures.ts';
import type { MariadbSettings } from '../../../databases/mariadb/settings.ts';
import type { Work } from '../../../os/work.ts';
import type { JobName } from '../../source.ts';
import { besideOf } from '../database-place.ts';
import { dropOurs } from '../exchange-tables.ts';

/** Of one job of one Kedge: what it leaves when it dies is known by it. */
function nameFor(server: MariadbSettings, { job, installation = '' }: JobName): string {
  const whose = createHash('sha256')
    .update(JSON.stringify([installation, job]))
    .digest('hex');
  return besideOf(server)(`look_${Number.parseInt(whose.slice(0, 12), 16)}`);
}

/** Long enough for a drop on a server under load. */
const dropMs = 60_000;

/** Works in a database that is made for a while, and dropped however that ends. */
export async function inLookDatabase<T>(
  server: MariadbSettings,
  work: Work,
  use: (database: string) => Promise<T>,
): Promise<T> {
  const database = nameFor(server, work);
  await dropOurs(server, database, work.signal);
  try {
    return await use(database);
  } finally {
    await dropOurs(server, database, AbortSignal.timeout(dropMs)).catch((error: unknown) => {
      const { message } = wordFailure(failureOf(error));
      work.log('warning', `database "${database}" could not be dropped: ${message}`);
    });
  }
}

/** Nothing there is fine. */
export async function dropLookDatabase(
  server: MariadbSettings,
  of: JobName,
  signal: AbortSignal,
): Promise<void> {
  await dropOurs(server, nameFor(server, of), signal);
}
