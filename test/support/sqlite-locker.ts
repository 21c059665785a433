// `sqlite-locker.ts PATH hold|commit`: says "locked" with a write transaction open; "commit": commits it and opens
// the next one at each line it is given.
import Database from 'better-sqlite3';

const [path = '', mode = ''] = process.argv.slice(2);
const database = new Database(path, { timeout: 0 });

function lock(): void {
  database.exec('begin immediate; update counter set n = n + 1');
  process.stdout.write('locked\n');
}

process.stdin.on('data', () => {
  if (mode !== 'commit') return;
  database.exec('commit');
  lock();
});
lock();
