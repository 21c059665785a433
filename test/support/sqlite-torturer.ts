import Database from 'better-sqlite3';
import { type Random, seededRandom } from '../../agent/demo/seed/random.ts';

/**
 * `DATABASE SEED`: a process that does to a database in WAL mode all that applications do, until it is killed,
 * by others or by itself in the middle of a transaction. Every committed state has sum(accounts.cents) = 0
 * and counter.n = number of rows in log.
 */
const [path = '', seed = '1'] = process.argv.slice(2);
const random: Random = seededRandom(Number(seed));

let database = open();
let onlooker: Database.Database | undefined;

function open(): Database.Database {
  const opened = new Database(path, { timeout: 10_000 });
  opened.pragma('synchronous = normal');
  // Small enough that large transactions reach the -wal before they are committed.
  opened.pragma('cache_size = 30');
  opened.pragma(`wal_autocheckpoint = ${random.pick([0, 1, 7, 50, 400])}`);
  return opened;
}

function transfer(times: number): void {
  const move = database.prepare('update accounts set cents = cents + ? where id = ?');
  for (let time = 0; time < times; time += 1) {
    const cents = random.between(1, 999);
    move.run(cents, random.between(1, 500));
    move.run(-cents, random.between(1, 500));
  }
  database.exec('insert into log(text) values (hex(randomblob(30))); update counter set n = n + 1');
}

function rewrite(): void {
  const from = random.between(1, 3_000);
  const to = from + random.between(10, 1_500);
  database
    .prepare('update filler set text = randomblob(length(text)) where id between ? and ?')
    .run(from, to);
}

function replaceRows(): void {
  const from = random.between(1, 3_000);
  const gone = database
    .prepare('delete from filler where id between ? and ?')
    .run(from, from + 400);
  const insert = database.prepare('insert into filler(text) values (randomblob(?))');
  for (let row = 0; row < gone.changes; row += 1) insert.run(random.between(100, 1_400));
}

function transaction(act: () => void): () => void {
  return database.transaction(() => {
    transfer(random.between(1, 5));
    act();
  }).immediate;
}

/** Holds an old state for a while, as a long report does, so that checkpoints stop short of it. */
function look(): void {
  onlooker?.close();
  onlooker = undefined;
  if (random.between(0, 2) === 0) return;
  onlooker = new Database(path, { readonly: true, timeout: 10_000 });
  onlooker.exec('begin');
  onlooker.pragma('schema_version');
}

function reopen(): void {
  onlooker?.close();
  onlooker = undefined;
  database.close();
  database = open();
}

function dieInTransaction(): void {
  database.exec('begin immediate');
  transfer(50);
  rewrite();
  process.kill(process.pid, 'SIGKILL');
}

const acts: readonly (readonly [weight: number, act: () => void])[] = [
  [60, () => transaction(() => undefined)()],
  [8, () => transaction(rewrite)()],
  [6, () => transaction(replaceRows)()],
  [6, () => database.pragma('wal_checkpoint(passive)')],
  [4, () => database.pragma('wal_checkpoint(full)')],
  [4, () => database.pragma('wal_checkpoint(restart)')],
  [4, () => database.pragma('wal_checkpoint(truncate)')],
  [5, look],
  [2, reopen],
  [1, () => database.exec('vacuum')],
  [1, dieInTransaction],
];
const total = acts.reduce((sum, [weight]) => sum + weight, 0);

function actOnce(): void {
  let left = random.between(1, total);
  for (const [weight, act] of acts) {
    left -= weight;
    if (left > 0) continue;
    act();
    return;
  }
}

process.once('disconnect', () => process.exit(0));
process.send?.('ready');
function goOn(): void {
  try {
    actOnce();
  } catch (error) {
    // Others hold the lock for too long now and then; anything else would be damage, which the test is to see.
    if (!(error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY')))
      throw error;
  }
  setImmediate(goOn);
}
goOn();
