import type { Job } from '../../protocol/domain/job.ts';
import type { LogLine, Snapshot } from '../../protocol/domain/snapshot.ts';
import type { Change } from '../../protocol/notices.ts';
import type { ConnectionState } from '../client/client.ts';
import { forServer } from './for-server.ts';
import { ringOf, withLine } from './log-ring.ts';
import { sanitised } from './sanitise.ts';
import type { State } from './state.ts';

const jobLimit = 200;
const commandLogLimit = 500;

export function withConnection(state: State, connection: ConnectionState): State {
  return { ...state, connection: sanitised(connection) };
}

export function withSnapshot(state: State, snapshot: Snapshot): State {
  const backups = { ...state.backups, total: snapshot.backupCount };
  return { ...state, snapshot: sanitised(snapshot), backups };
}

export function withCommandLine(state: State, text: string, atMs: number): State {
  const commandLog = [
    ...state.commandLog,
    { atMs, text: sanitised(forServer(text, state.server)) },
  ];
  return { ...state, commandLog: commandLog.slice(-commandLogLimit) };
}

/** What is there already was made safe when it came. */
function withLogLine(state: State, line: LogLine): State {
  return { ...state, log: withLine(state.log, sanitised(line)) };
}

export function withLog(state: State, lines: readonly LogLine[]): State {
  return { ...state, log: ringOf(sanitised(lines)) };
}

/** What a notice says has changed. */
export function withChange(state: State, change: Change): State {
  if (change.topic === 'log') return withLogLine(state, change.line);
  const { snapshot } = state;
  if (snapshot === undefined) return state;
  const changed = changedSnapshot(snapshot, sanitised(change));
  const backups =
    change.topic === 'backups' ? { ...state.backups, total: change.total } : state.backups;
  return { ...state, snapshot: changed, backups };
}

type SnapshotChange = Exclude<Change, { topic: 'log' }>;

function changedSnapshot(snapshot: Snapshot, change: SnapshotChange): Snapshot {
  switch (change.topic) {
    case 'job':
      return { ...snapshot, jobs: withJob(snapshot.jobs, change.job) };
    case 'services':
      return { ...snapshot, services: change.services };
    case 'schedules':
      return { ...snapshot, schedules: change.schedules };
    case 'stores':
      return { ...snapshot, stores: change.stores };
    case 'problems':
      return { ...snapshot, problems: change.problems };
    case 'alarms':
      return { ...snapshot, alarms: change.alarms };
    case 'undos':
      return { ...snapshot, undos: change.undos };
    case 'backups':
      return { ...snapshot, backupCount: change.total };
    case 'people':
      return { ...snapshot, people: change.people };
    case 'checkpoints':
      return withCheckpoints(snapshot, change);
    case 'config':
      return { ...snapshot, configRevision: change.revision };
    default:
      return change satisfies never;
  }
}

function withCheckpoints(
  { lastProven: _, ...snapshot }: Snapshot,
  { checkpoints, lastProven }: Extract<Change, { topic: 'checkpoints' }>,
): Snapshot {
  return { ...snapshot, checkpoints, ...(lastProven === undefined ? {} : { lastProven }) };
}

function withJob(jobs: readonly Job[], job: Job): readonly Job[] {
  const known = jobs.some((one) => one.id === job.id);
  if (known) return jobs.map((one) => (one.id === job.id ? job : one));
  return [job, ...jobs].slice(0, jobLimit);
}
