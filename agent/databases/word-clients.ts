import type { ServiceClient } from '../../protocol/domain/service-client.ts';

/** "process 71: psql of clinic, from this machine, idle for 3 s". */
export function wordClient(client: Omit<ServiceClient, 'service'>): string {
  const { pid, program, user, address, state, waitsFor } = client;
  const who = [program, user === undefined ? undefined : `of ${user}`].filter(Boolean).join(' ');
  const more = [
    address === undefined ? undefined : `from ${address}`,
    state,
    waitsFor === undefined ? undefined : `waits for ${waitsFor}`,
  ].filter((each) => each !== undefined);
  const words = [who === '' ? 'unknown' : who, ...more].join(', ');
  return pid === undefined ? words : `process ${pid}: ${words}`;
}
