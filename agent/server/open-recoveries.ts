import { basename } from 'node:path';
import type { Job } from '../../protocol/domain/job.ts';
import type { OpenRecovery } from '../../protocol/domain/recovery.ts';
import { KedgeError } from '../../protocol/failures.ts';
import { readJournal } from '../journal/journal.ts';
import { askServers, leftIn } from '../restore/lost-servers.ts';
import { findUnfinishedJournals } from '../restore/recover.ts';
import { RestoreRecord } from '../restore/restore-record.ts';
import { type RestoreState, stateOf } from '../restore/restore-state.ts';
import type { Daemon } from './daemon.ts';
import { configOfRecovery, serveRecovery } from './recover-empty.ts';
import { isUnderWay } from './recoveries.ts';

/** What died and is not settled; one that died before it did anything, or can't be read, needs no server. */
export async function listRecoveries(
  daemon: Daemon,
  signal: AbortSignal,
): Promise<readonly OpenRecovery[]> {
  const open = findUnfinishedJournals(daemon.places.state).filter((journal) =>
    daemon.state.jobs.unfinished().every(({ job }) => job.id !== jobOf(journal)),
  );
  const listed = await Promise.all(
    open.map(async (journal) => await describe(daemon, journal, signal)),
  );
  return listed.flatMap((one) => one ?? []);
}

async function describe(
  daemon: Daemon,
  journal: string,
  signal: AbortSignal,
): Promise<OpenRecovery | undefined> {
  const records = await readJournal(journal, RestoreRecord).catch(() => []);
  if (records[0]?.kind !== 'begin') return undefined;
  const state = stateOf({ path: journal, records });
  const { title, atMs } = state.begin;
  const servers = await askServers(state, signal);
  const lost = servers.flatMap(({ key, why }) => (why === undefined ? [] : [key]));
  return {
    job: jobOf(journal),
    title,
    atMs,
    application: nameFor(daemon, journal),
    stage: stageOf(state),
    isAtWork: isUnderWay(daemon, journal),
    servers: servers.map(({ key: _key, ...server }) => server),
    left: [...(state.givenUp?.left ?? []), ...leftIn(state, lost)],
  };
}

function stageOf({ swaps, swapped, back }: RestoreState): OpenRecovery['stage'] {
  if (swaps.length === 0) return 'untouched';
  return swapped && back === undefined ? 'exchanged' : 'half exchanged';
}

/** Of a machine that had no configuration: as the one calls it that is being brought there. */
function nameFor(daemon: Daemon, journal: string): string {
  const config =
    daemon.configFile.inForce() ?? configOfRecovery({ kind: 'recovery', journal })?.config;
  return config?.application.name ?? '';
}

/** Settles one without the servers that do not answer, in a job. */
export async function giveUpRecovery(
  daemon: Daemon,
  { job: id, confirmation }: { readonly job: number; readonly confirmation: string },
  signal: AbortSignal,
): Promise<Job> {
  const found = (await listRecoveries(daemon, signal)).find(({ job }) => job === id);
  if (found === undefined)
    throw new KedgeError('not-found', { what: 'recovery', id, list: 'recovery' });
  refuseWhatGoesOn(found);
  if (confirmation !== found.application)
    throw new KedgeError('confirmation-wrong', {
      typed: confirmation,
      expected: found.application,
    });
  const journal = findUnfinishedJournals(daemon.places.state).find((path) => jobOf(path) === id);
  // Asking took a while, in which it may have begun to go on.
  if (journal === undefined || isUnderWay(daemon, journal)) throw stays(id, 'it is at work');
  serveRecovery(daemon, { kind: 'recovery', journal });
  return daemon.jobs.submit(
    {
      kind: 'recovery',
      title: `recovery of job ${id}, without its server`,
      command: `kedge recovery give-up ${id}`,
      origin: 'manual',
      order: { kind: 'recovery', journal, givesUp: true },
    },
    { first: true },
  );
}

function refuseWhatGoesOn({ job, isAtWork, servers }: OpenRecovery): void {
  if (isAtWork) throw stays(job, 'it is at work');
  if (servers.length === 0) throw stays(job, 'nothing of it is in a database server');
  if (servers.every(({ why }) => why === undefined))
    throw stays(job, 'its server answers; Kedge goes on by itself, within ten minutes');
}

function stays(job: number, why: string): KedgeError {
  return new KedgeError('recovery-stays', { job, why });
}

function jobOf(journal: string): number {
  return Number.parseInt(basename(journal), 10);
}
