import Database from 'better-sqlite3';
import * as z from 'zod';
import { replayer } from './replayed-writer.ts';

/** A process that commits again and again; it answers each message with its number of commits, and "stop" ends it. */
const [path = '', rateText = ''] = process.argv.slice(2);
const rate = Number(rateText);
const Asked = z.enum(['count', 'stop']);

const database = new Database(path, { timeout: 20_000 });
const commit = replayer(database);
const startedAt = performance.now();
let commits = 0;

const timer = setInterval(() => {
  const due = ((performance.now() - startedAt) / 1000) * rate;
  // No more than some at a time: a message must not wait for all that a slow machine owes.
  for (let nth = 0; nth < 20 && commits < due; nth += 1) commits = commit();
}, 2);

process.on('message', (message) => {
  if (Asked.parse(message) === 'stop') {
    clearInterval(timer);
    database.close();
  }
  process.send?.(commits, () => {
    if (message === 'stop') process.disconnect();
  });
});
process.send?.(commits);
