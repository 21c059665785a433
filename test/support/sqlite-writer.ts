import Database from 'better-sqlite3';
import * as z from 'zod';

/**
 * A process that commits `rate` transactions a second until told to stop. Every committed state has
 * counter.n = left.v = -right.v = number of rows in log.
 */
const [path = '', rateText = '200'] = process.argv.slice(2);
const rate = Number(rateText);
const Asked = z.enum(['count', 'stop']);

const database = new Database(path, { timeout: 20_000 });
const commit = database.transaction(() => {
  database.exec('update counter set n = n + 1');
  database.exec('update "left" set v = v + 1');
  database.exec(
    'insert into log(text) values (hex(randomblob(20))); update filler set text = hex(randomblob(200)) where id = abs(random()) % 1000',
  );
  database.exec('update "right" set v = v - 1');
});

let commits = 0;
let failures = 0;
let slowestMs = 0;
const startedAt = performance.now();

function commitOne(): void {
  const before = performance.now();
  try {
    commit.immediate();
    commits += 1;
  } catch {
    failures += 1;
  }
  slowestMs = Math.max(slowestMs, performance.now() - before);
}

const timer = setInterval(() => {
  const due = ((performance.now() - startedAt) / 1000) * rate;
  while (commits + failures < due) commitOne();
}, 2);

process.on('message', (message) => {
  process.send?.({ commits, failures, slowestMs });
  if (Asked.parse(message) !== 'stop') return;
  clearInterval(timer);
  database.close();
  process.disconnect();
});
process.send?.({ commits, failures, slowestMs });
