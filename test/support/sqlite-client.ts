import { setInterval } from 'node:timers/promises';
import Database from 'better-sqlite3';

/** `read|write PATH`: keeps a database open, uses it all the time and tells over IPC what it saw; ends with its parent. */
const [mode = '', path = ''] = process.argv.slice(2);
const database = new Database(path, { timeout: 20_000 });
let problem = 'none';
let restored = 0;
let committed = 0;

function use(): void {
  try {
    if (mode === 'write') {
      database.prepare('insert into patient (name) values (?)').run(`Client ${committed + 1}`);
      committed += 1;
    }
    const counting = database.prepare("select count(*) from patient where name like 'Patient %'");
    restored = Number(counting.pluck().get());
  } catch (error) {
    problem = String(error);
  }
}

process.on('message', (order) => {
  if (order !== 'end') use();
  process.send?.({ restored, committed, problem }, () => {
    if (order === 'end') process.exit();
  });
});
process.on('disconnect', () => process.exit());
use();
process.send?.('ready');
for await (const _ of setInterval(5)) use();
