import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { startMariadb, type TestMariadb } from '../../support/private-mariadb.ts';
import type { Bench } from '../bench.ts';
import { type Contestants, databaseContest } from '../databases/database-contest.ts';
import { wholeMariadb } from '../databases/whole-mariadb.ts';
import { hasProgram, type ProgramRun, runProgram, shell } from '../measure/run-program.ts';
import { absentRow, type Row } from '../row.ts';

/** Orders; a million and their customers take 250 MB on the server's disk. */
const orders = { quick: 50_000, whole: 1_000_000 };

/** A shop in InnoDB: full, differential, restore, against what administrators use. */
export async function mariadb(bench: Bench): Promise<readonly Row[]> {
  if (!hasProgram('mariadbd')) return [absentRow('MariaDB', 'not installed')];
  await using server = await startMariadb(['--innodb-buffer-pool-size=512M']);
  bench.say('orders in InnoDB');
  server.sql(shop(bench.quick ? orders.quick : orders.whole));
  const who = contestants(server);
  const rows = await databaseContest(bench, who);
  return [...rows, ...(await wholeMariadb(bench, server, who.work))];
}

/** Orders with text that does not compress to nothing. What changes them is in another database: no part of a backup. */
function shop(count: number): string {
  return `
    CREATE DATABASE shop; CREATE DATABASE changes; USE shop;
    CREATE TABLE customer (id INT PRIMARY KEY, name VARCHAR(80), mail VARCHAR(80), INDEX (name));
    CREATE TABLE orders (id INT AUTO_INCREMENT PRIMARY KEY, customer INT, at DATETIME, state VARCHAR(10),
      total DECIMAL(10, 2), note VARCHAR(200), INDEX (customer), FOREIGN KEY (customer) REFERENCES customer (id));
    INSERT INTO customer SELECT seq, CONCAT('customer ', MD5(seq)), CONCAT(MD5(-seq), '@example.org')
      FROM seq_1_to_${count / 5};
    INSERT INTO orders SELECT seq, 1 + seq % ${count / 5}, '2025-01-01' + INTERVAL seq SECOND,
      ELT(1 + seq % 3, 'new', 'paid', 'sent'), seq % 997 / 7, CONCAT(MD5(seq), ' ', MD5(seq * 3), ' ', seq)
      FROM seq_1_to_${count};
    DELIMITER //
    CREATE PROCEDURE changes.work(times INT) BEGIN
      DECLARE chosen INT;
      WHILE times > 0 DO
        SET chosen = 1 + FLOOR(RAND() * ${count});
        START TRANSACTION;
        UPDATE shop.orders SET state = 'back', total = total + 1 WHERE id = chosen;
        INSERT INTO shop.orders (customer, at, state, total, note) VALUES (1, NOW(), 'new', times, MD5(times));
        COMMIT; SET times = times - 1;
      END WHILE; END//`;
}

function contestants(server: TestMariadb): Contestants {
  const { socket } = server;
  const hasPhysical = hasProgram('mariadb-backup');
  const dump = {
    words: 'mariadb-dump | zstd',
    run: (file: string) => packed('mariadb-dump', file, [...login(server), ...wholeDump]),
  };
  const physical = {
    words: 'mariadb-backup | zstd',
    run: (file: string) => packed('mariadb-backup', file, [...login(server), ...files(server)]),
  };
  return {
    name: 'mariadb',
    source: { engine: 'mariadb', database: 'shop', socket, user: 'root' },
    fulls: new Map([['dump', dump], ...(hasPhysical ? ([['physical', physical]] as const) : [])]),
    absent: hasPhysical ? [] : [absentRow('full against mariadb-backup', 'not installed')],
    dump: {
      words: 'mariadb-dump',
      run: async (folder, signal) => await plainDump(server, folder, signal),
    },
    work: (count) => {
      server.sql(`CALL changes.work(${count})`);
    },
    load: {
      words: 'mariadb < dump,',
      run: async (folder, signal) => await load(server, join(folder, dumped), signal),
    },
  };
}

const login = (server: TestMariadb) => ['--no-defaults', `--socket=${server.socket}`, '-u', 'root'];
const wholeDump = ['--single-transaction', '--routines', '--events', '--hex-blob', 'shop'];
const files = ({ folder }: TestMariadb) => [
  '--backup',
  '--stream=xbstream',
  `--datadir=${join(folder, 'data')}`,
];
const dumped = 'shop.sql';

function packed(program: string, file: string, args: readonly string[]): readonly string[] {
  const script = 'to="$1"; shift; "$@" | zstd -q -T0 -3 > "$to" && sync "$to"';
  return shell(script, file, program, ...args);
}

async function plainDump(
  server: TestMariadb,
  to: string,
  signal: AbortSignal,
): Promise<ProgramRun> {
  mkdirSync(to);
  const into = `--result-file=${join(to, dumped)}`;
  return await runProgram(['mariadb-dump', ...login(server), into, ...wholeDump], { signal });
}

async function load(server: TestMariadb, dump: string, signal: AbortSignal): Promise<number> {
  server.sql('CREATE DATABASE peer');
  const script = 'from="$1"; shift; mariadb "$@" < "$from"';
  const argv = shell(script, dump, ...login(server), 'peer');
  const { seconds } = await runProgram(argv, { signal });
  server.sql('DROP DATABASE peer');
  return seconds;
}
