import type { RestorePlan } from '../../protocol/domain/restore.ts';
import { wordFailure } from '../../protocol/failures.ts';
import { countUnseen, findFileClients } from '../os/open-files.ts';
import { findServiceClients } from '../services/service-clients.ts';
import type { Restorable } from './restorable.ts';
import type { RestoreContext } from './restore-context.ts';

type Client = RestorePlan['clients'][number];

interface FoundClients {
  readonly clients: readonly Client[];
  /** Processes that Kedge may not ask. */
  readonly clientsUnseen?: number;
  readonly warnings: readonly string[];
}

/** Who has the live data open, and who is connected to the database servers that will be stopped. */
export async function findClients(
  sources: readonly Restorable[],
  running: readonly string[],
  { config }: RestoreContext,
  signal: AbortSignal,
): Promise<FoundClients> {
  const owners = await Promise.all(sources.map(async (source) => await ownersOf(source, signal)));
  const unseen = await countUnseen();
  const servers = await Promise.all(
    Object.entries(config.services ?? {})
      .filter(([id]) => running.includes(id))
      .map(([id, settings]) => findServiceClients(id, settings, [], signal)),
  );
  const connected = servers.flatMap(({ clients }) => clients).flatMap(sessionOf);
  return {
    clients: [...owners.flat(), ...connected],
    ...(unseen === 0 ? {} : { clientsUnseen: unseen }),
    warnings: servers.flatMap(({ problems }) =>
      problems.map(({ failure }) => Object.values(wordFailure(failure)).join(' ')),
    ),
  };
}

async function ownersOf(
  { name, restore }: Restorable,
  signal: AbortSignal,
): Promise<readonly Client[]> {
  const paths = await restore.livePaths();
  // Of a process of another user only a lock is seen, which an idle client of SQLite holds on the -shm.
  const files = paths.flatMap((path) => [path, `${path}-wal`, `${path}-shm`]);
  const found = await findFileClients(files);
  const sessions = (await restore.clients?.(signal)) ?? [];
  const owners = found.map(({ pid, program, user, sinceMs }) => ({
    source: name,
    pid,
    program,
    user,
    ...(sinceMs === undefined ? {} : { sinceMs }),
  }));
  const seen = new Set(found.map(({ pid }) => pid));
  return [...owners, ...sessions.filter(({ pid }) => !seen.has(pid))];
}

type Session = Awaited<ReturnType<typeof findServiceClients>>['clients'][number];

function sessionOf({ service, pid, program, user, sinceMs }: Session): readonly Client[] {
  if (pid === undefined) return [];
  const who = { source: service, pid, program: program ?? 'a client' };
  return [
    {
      ...who,
      ...(user === undefined ? {} : { user }),
      ...(sinceMs === undefined ? {} : { sinceMs }),
    },
  ];
}
