import { join } from 'node:path';
import { postgresBin, type TestPostgres } from '../../support/private-postgres.ts';
import { asServerUser } from '../../support/private-server.ts';
import type { Bench } from '../bench.ts';
import { runProgram, shell } from '../measure/run-program.ts';
import type { Row } from '../row.ts';
import { wholeServerContest } from './whole-server-contest.ts';

/** The whole server by its data folder, against the program that copies it. */
export async function wholePostgres(
  bench: Bench,
  server: TestPostgres,
  work: (count: number) => void,
): Promise<readonly Row[]> {
  const { folder, socket } = server;
  const data = join(folder, 'data');
  // It has none of its own against a full before version 17.
  const peer = { words: 'pg_basebackup -Ft', argv: server.argvOf('pg_basebackup', copying) };
  try {
    return await wholeServerContest(bench, {
      name: 'postgres-server',
      source: { engine: 'postgres-server', data, socket, user: 'postgres' },
      service: serviceOf(server, data),
      full: () => peer,
      differential: () => peer,
      work,
    });
  } finally {
    // Only when Kedge is gone, which would start it again.
    const end = shell('"$@" || true', ...control(data, ['-m', 'immediate', 'stop']));
    await runProgram(end, { signal: bench.signal });
  }
}

const copying = ['-D', '-', '-Ft', '-X', 'fetch', '-c', 'fast', '--no-manifest'];

const control = (data: string, words: readonly string[]) =>
  asServerUser([join(postgresBin ?? '', 'pg_ctl'), '-D', data, '-w', ...words]);

function serviceOf({ command, socket }: TestPostgres, data: string): object {
  // Ends when it is up: until then it would be taken for one that is dead.
  const script = `setsid "$@" < /dev/null > /dev/null 2>&1 &
    until "${postgresBin}/pg_isready" -q -h "$(dirname "${socket}")" -p "${socket.split('.').at(-1)}"; do sleep 0.05; done`;
  return {
    manager: 'command',
    role: 'database',
    start: shell(script, ...command),
    stop: control(data, ['-m', 'fast', 'stop']),
    status: shell('"$@" > /dev/null 2>&1 || exit 3', ...control(data, ['status'])),
    pidFile: join(data, 'postmaster.pid'),
    database: { engine: 'postgres', socket, user: 'postgres', name: 'postgres' },
  };
}
