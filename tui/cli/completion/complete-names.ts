import { basename } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Snapshot } from '../../../protocol/domain/snapshot.ts';
import { backupList } from '../../../protocol/methods/backup.ts';
import { snapshotGet } from '../../../protocol/methods/session.ts';
import { type Link, openLink } from '../../client/link.ts';
import { findSocket } from '../../host/places.ts';
import { lostRecoveries, recoveryOf } from '../../store/lost-recoveries.ts';
import { sanitiseText } from '../../store/sanitise.ts';
import { wordNear } from '../../texts/moment.ts';
import type { Offered } from './completion-tables.ts';

/** A person waits at the shell: a Kedge that hangs has no names. Ample, as a busy machine loads slowly, too. */
const patienceMs = 2_000;
const backupsAtMost = 60;

/**
 * "kedge __complete KIND [--socket PATH]", which completions of shells call: names of that kind, a line each with its
 * meaning behind a tab. Nothing, and no complaint, where no Kedge answers.
 */
export async function completeNames(
  [kind = '', ...options]: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<string> {
  // Asking for a password here would be a surprise.
  if (options.includes('--server')) return '';
  const at = options.indexOf('--socket');
  const ending = new AbortController();
  const names = namesOf(kind, at === -1 ? undefined : options[at + 1], env, ending.signal);
  const offered = await Promise.race([
    names.catch(() => []),
    delay(patienceMs, [], { signal: ending.signal }),
  ]);
  ending.abort();
  return offered.map((one) => `${safe(one.word)}\t${safe(one.meaning)}\n`).join('');
}

async function namesOf(
  kind: string,
  named: string | undefined,
  env: NodeJS.ProcessEnv,
  signal: AbortSignal,
): Promise<readonly Offered[]> {
  const socket = await findSocket(named, env);
  const link = await openLink(
    { socket, client: 'kedge completion', unattended: true, onNotice: () => undefined },
    signal,
  );
  using _link = { [Symbol.dispose]: () => link.close() };
  if (kind === 'backup') return await backupNames(link, signal);
  const answer = await link.request(snapshotGet.name, {}, signal);
  return namesIn(kind, snapshotGet.result.parse(answer));
}

async function backupNames(link: Link, signal: AbortSignal): Promise<readonly Offered[]> {
  const page = { offset: 0, limit: backupsAtMost };
  const answer = await link.request(backupList.name, page, signal);
  const { backups } = backupList.result.parse(answer);
  const nowMs = Date.now();
  return [
    ...(backups.length === 0 ? [] : [{ word: 'latest', meaning: 'the newest' }]),
    ...backups.map(({ id, path, kind, capturedAtMs }) => ({
      word: id.slice(0, 8),
      meaning: `${kind}, ${wordNear(capturedAtMs, nowMs)}, ${basename(path)}`,
    })),
  ];
}

function namesIn(kind: string, snapshot: Snapshot): readonly Offered[] {
  const { services, schedules, stores, undos, jobs, alarms } = snapshot;
  switch (kind) {
    case 'service':
      return services.map(({ id, health }) => ({ word: id, meaning: health }));
    case 'schedule':
      return schedules.map(({ id, words }) => ({ word: id, meaning: words }));
    case 'store':
      return stores.map(({ id, path }) => ({ word: id, meaning: path }));
    case 'undo':
      return undos.map(({ id, title }) => ({ word: id, meaning: title }));
    case 'recovery':
      return lostRecoveries(snapshot).map((job) => ({
        word: String(recoveryOf(job)),
        meaning: job.title,
      }));
    case 'job':
      return jobs.map(({ id, title }) => ({ word: String(id), meaning: title }));
    case 'alarm':
      return (alarms ?? []).map(({ id, text }) => ({ word: String(id), meaning: text }));
    default:
      return [];
  }
}

/** Nothing that could be a second column or line. */
function safe(text: string): string {
  return sanitiseText(text).replace(/\s+/g, ' ').trim();
}
