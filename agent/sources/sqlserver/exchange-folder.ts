import { createHash } from 'node:crypto';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { KedgeError } from '../../../protocol/failures.ts';
import { errorMessage } from '../../os/error-code.ts';
import { removeFile } from '../../os/files.ts';
import type { JobName } from '../source.ts';
import { placeOf } from './database-place.ts';
import { type SqlserverSourceSettings, serverOf } from './settings.ts';

/** A file in the folder that Kedge and the server share. */
export interface ExchangeFile {
  readonly here: string;
  readonly server: string;
}

/** What puts files there. */
export interface ExchangeUser {
  readonly source: string;
  readonly settings: SqlserverSourceSettings;
  readonly work: JobName;
}

/** Named so that what a dead job left is known again, and nothing of another source or Kedge is taken for it. */
export function exchangeFile(user: ExchangeUser, name: string): ExchangeFile {
  const { exchange } = user.settings;
  const file = `${prefixOf(user)}${name}`;
  const slash = exchange.server.includes('\\') ? '\\' : '/';
  const folder = exchange.server.endsWith(slash) ? exchange.server : `${exchange.server}${slash}`;
  return { here: join(exchange.here, file), server: `${folder}${file}` };
}

/** No job has this number: what is tried for none, as by the doctor, and removed by whoever tried it. */
export const noJob: JobName = { job: 0 };

function prefixOf({ source, settings, work: { job, installation = '' } }: ExchangeUser): string {
  const whose = JSON.stringify([installation, source, placeOf(serverOf(settings))]);
  const mark = createHash('sha256').update(whose).digest('hex').slice(0, 12);
  return `kedge-${mark}-${job}-`;
}

/** What a job left there; nothing there is fine. */
export async function clearExchange(user: ExchangeUser): Promise<void> {
  const { here } = user.settings.exchange;
  const names = await readdir(here).catch(() => []);
  const prefix = prefixOf(user);
  for (const name of names) if (name.startsWith(prefix)) await removeFile(join(here, name));
}

/** A probe lives for seconds; the longest backup or restore is over by far. */
const leftAfterMs = { probe: 3_600_000, backup: 7 * 86_400_000 } as const;
const ours = /^kedge-[0-9a-f]{12}-\d+-(?:(probe)-\d+\.(?:txt|bak)|(?:full|differential)\.bak)$/;

/**
 * What nobody will come for: of a doctor that died, which is no job; of an installation that became another one. By its
 * age, as whose it is is not to be told from its name.
 */
export async function clearForgotten(
  { exchange: { here } }: SqlserverSourceSettings,
  nowMs: number,
): Promise<void> {
  const names = await readdir(here).catch(() => []);
  for (const name of names) {
    const found = ours.exec(name);
    if (found === null) continue;
    const path = join(here, name);
    const atMost = leftAfterMs[found[1] === undefined ? 'backup' : 'probe'];
    const changed = await stat(path).catch(() => undefined);
    // It is somebody's who is not here: what can't be removed stands in nobody's way.
    if (changed !== undefined && nowMs - changed.mtimeMs > atMost)
      await removeFile(path).catch(() => undefined);
  }
}

/** Bytes of what the server says it has written; where Kedge does not find it, the folder is another one. */
export async function writtenBytes(
  source: string,
  settings: SqlserverSourceSettings,
  file: ExchangeFile,
): Promise<number> {
  const found = await stat(file.here).catch((error: unknown) => {
    const why = `the server wrote "${file.server}", and here it is not to be had as "${file.here}" (${errorMessage(error)})`;
    throw exchangeFailure(source, settings, why, error);
  });
  return found.size;
}

export function exchangeFailure(
  source: string,
  { exchange }: SqlserverSourceSettings,
  why: string,
  cause?: unknown,
): KedgeError {
  const { server, here } = exchange;
  return new KedgeError('exchange-unusable', { source, server, here, why }, { cause });
}
