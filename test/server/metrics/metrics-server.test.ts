import { once } from 'node:events';
import { request } from 'node:http';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { freePort } from '../../../agent/os/free-port.ts';
import { serveMetrics } from '../../../agent/server/metrics/metrics-server.ts';
import { writeMetricsFile } from '../../../agent/server/metrics/metrics-textfile.ts';
import { tempFolder } from '../../support/temp-folder.ts';

async function statusOf(port: number): Promise<number | undefined> {
  const asked = request({ port, host: '127.0.0.1', path: '/metrics?x=1', agent: false }).end();
  const [response] = await once(asked, 'response');
  response.resume();
  return response.statusCode;
}

test('connections that say nothing are bounded, and are cut at the end', async () => {
  const port = await freePort();
  const server = await serveMetrics(port, async () => 'kedge_up 1\n', expect.unreachable);
  expect(await statusOf(port)).toBe(200);
  const open = async (): Promise<Socket> => {
    const socket = connect(port, '127.0.0.1');
    socket.on('error', () => undefined);
    await once(socket, 'connect');
    return socket;
  };
  const idle = await Promise.all(Array.from({ length: 16 }, open));
  // Answered with the end of the connection, not with silence.
  const oneMore = await open();
  oneMore.resume();
  await once(oneMore, 'close');
  idle[0]?.destroy();
  await expect.poll(() => statusOf(port).catch(() => 'refused')).toBe(200);
  const cut = Promise.all(idle.slice(1).map((socket) => once(socket.resume(), 'close')));
  await server[Symbol.asyncDispose]();
  await cut;
});

test('a taken port fails by its name, and figures that fail are 500 and told of', async () => {
  const port = await freePort();
  const faults: string[] = [];
  const failing = (): Promise<string> => Promise.reject(new Error('no figures'));
  const onFault = (why: string): void => void faults.push(why);
  await using _server = await serveMetrics(port, failing, onFault);
  expect(await statusOf(port)).toBe(500);
  expect(faults).toEqual(['no figures']);
  await expect(serveMetrics(port, failing, onFault)).rejects.toThrow(/EADDRINUSE/);
});

test('a file that cannot be written is told of, and its writer ends well', async () => {
  using folder = tempFolder();
  const told = Promise.withResolvers<unknown>();
  const path = join(folder.path, 'not there', 'kedge.prom');
  const writer = writeMetricsFile({ path, read: async () => 'x', onWritten: told.resolve });
  expect(String(await told.promise)).toContain('ENOENT');
  await writer[Symbol.asyncDispose]();
});
