import Database from 'better-sqlite3';

/**
 * `DATABASE RATE`: a process that commits RATE transactions a second, each of three scattered updates, until
 * told to end. Sends how long each commit since the last question took, in ms.
 */
const [path = '', rateText = '200'] = process.argv.slice(2);
const rate = Number(rateText);

const database = new Database(path, { timeout: 20_000 });
// What applications with a WAL use; with "full" each commit would wait for the disk, with or without Kedge.
database.pragma('synchronous = normal');
const last = Number(database.prepare('select max(id) from visits').pluck().get());
const update = database.prepare("update visits set text = substr(text, 2) || 'z' where id = ?");
const commit = database.transaction(() => {
  for (let count = 0; count < 3; count += 1) update.run(1 + Math.floor(Math.random() * last));
});

let latenciesMs: number[] = [];
let commits = 0;
const startedAt = performance.now();

function commitOne(): void {
  const before = performance.now();
  commit.immediate();
  latenciesMs.push(performance.now() - before);
  commits += 1;
}

const timer = setInterval(() => {
  const due = ((performance.now() - startedAt) / 1000) * rate;
  // Never more than a few at once: after a wait the rate is kept from then on, not made up for.
  for (let count = 0; commits < due && count < 4; count += 1) commitOne();
  if (commits < due) commits = Math.floor(due);
}, 2);

process.on('message', (message) => {
  process.send?.(latenciesMs);
  latenciesMs = [];
  if (message === 'end') end();
});
process.once('disconnect', end);

function end(): void {
  clearInterval(timer);
  if (database.open) database.close();
  if (process.connected) process.disconnect();
}
process.send?.('ready');
