import { join } from 'node:path';
import type { TestMariadb } from '../../support/private-mariadb.ts';
import { asServerUser } from '../../support/private-server.ts';
import type { Bench } from '../bench.ts';
import { hasProgram, runProgram, shell } from '../measure/run-program.ts';
import { absentRow, type Row } from '../row.ts';
import { wholeServerContest } from './whole-server-contest.ts';

/** The whole server by its data folder, against the program that copies it. */
export async function wholeMariadb(
  bench: Bench,
  server: TestMariadb,
  work: (count: number) => void,
): Promise<readonly Row[]> {
  if (!hasProgram('mariadb-backup')) return [absentRow('whole server', 'not installed')];
  const { socket } = server;
  const ofFull = (folder: string): string => join(folder, 'lsn');
  try {
    return await wholeServerContest(bench, {
      name: 'mariadb-server',
      source: { engine: 'mariadb-server', data: dataOf(server), socket, user: 'root' },
      service: serviceOf(server),
      full: (folder) => ({
        words: 'mariadb-backup',
        argv: [...copying(server), `--extra-lsndir=${ofFull(folder)}`],
      }),
      differential: (folder) => ({
        words: 'mariadb-backup --incremental',
        argv: [...copying(server), `--incremental-basedir=${ofFull(folder)}`],
      }),
      work,
    });
  } finally {
    // Only when Kedge is gone, which would start it again.
    const end = shell('"$@" || true', ...admin(server), 'shutdown');
    await runProgram(end, { signal: bench.signal });
  }
}

const dataOf = ({ folder }: TestMariadb): string => join(folder, 'data');
const login = ({ socket }: TestMariadb) => ['--no-defaults', `--socket=${socket}`, '-u', 'root'];
const admin = (server: TestMariadb) => ['mariadb-admin', ...login(server)];
const copying = (server: TestMariadb) => [
  'mariadb-backup',
  ...login(server),
  '--backup',
  '--stream=xbstream',
  `--datadir=${dataOf(server)}`,
];

function serviceOf(server: TestMariadb): object {
  const { folder, socket } = server;
  const pidFile = join(folder, 'my.pid');
  const argv = [
    'mariadbd',
    '--no-defaults',
    `--datadir=${dataOf(server)}`,
    `--tmpdir=${folder}`,
    `--socket=${socket}`,
    `--pid-file=${pidFile}`,
    '--skip-networking',
    '--skip-log-bin',
    '--innodb-buffer-pool-size=512M',
  ];
  // Ends when it is up: until then it would be taken for one that is dead.
  const script = `socket="$1"; shift; setsid "$@" < /dev/null > /dev/null 2>&1 &
    tries=0
    until mariadb-admin --no-defaults --socket="$socket" -u root ping || [ $((tries += 1)) -gt 300 ]
    do sleep 0.1; done`;
  return {
    manager: 'command',
    role: 'database',
    start: shell(script, socket, ...asServerUser(argv)),
    stop: [...admin(server), 'shutdown'],
    status: shell('"$@" > /dev/null 2>&1 || exit 3', ...admin(server), 'ping'),
    pidFile,
    database: { engine: 'mariadb', socket, user: 'root', name: 'shop' },
  };
}
