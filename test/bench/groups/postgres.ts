import { postgresBin, startPostgres, type TestPostgres } from '../../support/private-postgres.ts';
import type { Bench } from '../bench.ts';
import { type Contestants, databaseContest } from '../databases/database-contest.ts';
import { wholePostgres } from '../databases/whole-postgres.ts';
import { type ProgramRun, runProgram } from '../measure/run-program.ts';
import { absentRow, type Row } from '../row.ts';

const database = 'bench';
/** Of pgbench: 20 make 300 MB on the server's disk. */
const scales = { quick: 2, whole: 20 };

/** A database of pgbench: full, differential, restore, against what administrators use. */
export async function postgres(bench: Bench): Promise<readonly Row[]> {
  if (postgresBin === undefined) return [absentRow('PostgreSQL', 'not installed')];
  await using server = await startPostgres();
  bench.say('pgbench');
  server.sql(`CREATE DATABASE ${database}`);
  const scale = String(bench.quick ? scales.quick : scales.whole);
  server.run('pgbench', ['-i', '-q', '-s', scale, database]);
  const who = contestants(server);
  const rows = await databaseContest(bench, who);
  return [...rows, ...(await wholePostgres(bench, server, who.work))];
}

function contestants(server: TestPostgres): Contestants {
  const { socket } = server;
  const custom = (file: string) => server.argvOf('pg_dump', ['-Fc', '-f', file, database]);
  return {
    name: 'postgres',
    source: { engine: 'postgres', database, socket, user: 'postgres' },
    fulls: new Map([['pg_dump', { words: 'pg_dump -Fc', run: custom }]]),
    dump: {
      words: 'pg_dump -Fd',
      run: async (folder, signal) => await tool(server, 'pg_dump', dumpTo(folder), signal),
    },
    work: (count) => {
      server.run('pgbench', ['-c', '2', '-j', '2', '-t', String(count / 2), database]);
    },
    load: {
      words: 'pg_restore -j2',
      run: async (folder, signal) => await load(server, folder, signal),
    },
  };
}

const dumpTo = (folder: string) => ['-Fd', '-j', '2', '-Z', '0', '-f', folder, database];

async function load(server: TestPostgres, dump: string, signal: AbortSignal): Promise<number> {
  server.sql('CREATE DATABASE peer');
  const { seconds } = await tool(server, 'pg_restore', ['-j', '2', '-d', 'peer', dump], signal);
  server.sql('DROP DATABASE peer');
  return seconds;
}

async function tool(
  server: TestPostgres,
  name: string,
  args: readonly string[],
  signal: AbortSignal,
): Promise<ProgramRun> {
  return await runProgram(server.argvOf(name, args), { signal });
}
