import { once } from 'node:events';
import { createServer } from 'node:net';

/** A port of the loopback that is free now, given by the kernel. */
export async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const closed = once(server, 'close');
  server.close();
  await closed;
  if (address === null || typeof address === 'string') throw new Error('the kernel gave no port');
  return address.port;
}
