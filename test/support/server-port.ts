import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';

/** Below are those of what a machine runs by default. */
const lowest = 10_000;
/** Where the kernel gives away nearly all ports, some of these may be taken meanwhile. */
const highestAtLeast = 20_000;
const workersAtMost = 8;
/** Of this process; two runs on one machine begin at different places. */
let next = Math.floor(Math.random() * 1e6);

/**
 * A port of the loopback for a server that binds it later, and again when it is restarted: none that the kernel gives
 * to whoever asks for any, and none of another worker.
 */
export async function serverPort(): Promise<number> {
  const end = Math.max(lowestEphemeral(), highestAtLeast);
  const block = Math.floor((end - lowest) / workersAtMost);
  const from = lowest + (Number(process.env['VITEST_POOL_ID'] ?? 0) % workersAtMost) * block;
  for (let tries = 0; tries < block; tries += 1) {
    next += 1;
    const port = from + (next % block);
    if (await isFree(port)) return port;
  }
  throw new Error(`no port is free from ${from} to ${from + block}`);
}

/** Source: Linux, Documentation/networking/ip-sysctl.rst: "low high", 32768 60999 by default. */
function lowestEphemeral(): number {
  return Number.parseInt(readFileSync('/proc/sys/net/ipv4/ip_local_port_range', 'utf8'), 10);
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer().listen(port, '127.0.0.1');
  try {
    await once(server, 'listening');
  } catch {
    return false;
  }
  await once(server.close(), 'close');
  return true;
}
