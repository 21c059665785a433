// `socket-relay.ts TARGET SOCKET`: passes bytes between two Unix sockets, as "ssh -L" does, until it is killed.
import { rmSync } from 'node:fs';
import { createConnection, createServer } from 'node:net';

const [, , target = '', socket = ''] = process.argv;
// A killed one leaves it behind.
rmSync(socket, { force: true });
createServer((near) => {
  const far = createConnection(target);
  near.pipe(far);
  far.pipe(near);
  near.on('error', () => far.destroy());
  far.on('error', () => near.destroy());
  near.on('close', () => far.destroy());
  far.on('close', () => near.destroy());
}).listen(socket, () => process.stdout.write('ready\n'));
