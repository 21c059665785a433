import { spawn } from 'node:child_process';
import { createServer } from 'node:http';
import Database from 'better-sqlite3';

/**
 * An application for drills: answers /health with the number of orders in the database it was given. Behaviours:
 * `children` leaves processes in and out of its group, `fails` ends at once, `hangs` never listens, `stubborn`
 * hears no SIGTERM.
 */
const [database = '', port = '0', behaviour = ''] = process.argv.slice(2);

if (behaviour === 'fails') {
  process.stderr.write('no licence for this copy\n');
  process.exit(3);
}
if (behaviour === 'children') {
  spawn('sleep', ['600'], { stdio: 'ignore' }).unref();
  spawn('setsid', ['sleep', '600'], { stdio: 'ignore' }).unref();
}
if (behaviour === 'stubborn') process.on('SIGTERM', () => undefined);
if (behaviour === 'hangs') setInterval(() => undefined, 1000);
else {
  const connection = new Database(database, { fileMustExist: true });
  connection.exec("insert into orders (item) values ('written by the drill')");
  const orders = connection.prepare('select count(*) from orders').pluck();
  createServer((_request, response) => response.end(String(orders.get()))).listen(
    Number(port),
    '127.0.0.1',
  );
}
