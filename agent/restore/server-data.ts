import type { DatabaseSettings } from '../databases/settings.ts';
import { keptKinds } from '../sources/kept-kinds.ts';
import type { KeptItem, KeptSource } from '../sources/kept-order.ts';
import { exchangers } from '../sources/restore-kinds.ts';
import type { RestoreState } from './restore-state.ts';

const never = new AbortController().signal;

interface InServer {
  readonly items: readonly { readonly server?: DatabaseSettings | undefined }[];
}

/** Of what is exchanged or kept, that which is in a server. */
export function inServers(
  sources: readonly InServer[],
): readonly { readonly restore: { readonly server: DatabaseSettings } }[] {
  return sources.flatMap(({ items }) =>
    items.flatMap(({ server }) => (server === undefined ? [] : [{ restore: { server } }])),
  );
}

/** Which server, whatever database of it; by this a journal names those that it does without. */
export function serverKey(server: DatabaseSettings): string {
  const { engine, host, port } = server;
  const socket = 'socket' in server ? server.socket : undefined;
  const instance = 'instance' in server ? server.instance : undefined;
  return JSON.stringify([engine, host, port, socket, instance]);
}

/** Whether it is in a server that was given up. */
export function isGivenUp(
  { givenUp }: Pick<RestoreState, 'givenUp'>,
  { server }: { readonly server?: DatabaseSettings | undefined },
): boolean {
  return server !== undefined && givenUp?.servers.includes(serverKey(server)) === true;
}

/** What a run built in servers and did not bring live. What an undo would have brought back is no such thing. */
export async function clearIncoming(state: RestoreState): Promise<void> {
  const { begin } = state;
  if (begin.what === 'undo') return;
  for (const { engine, items } of begin.sources) {
    for (const item of items.filter((each) => !isGivenUp(state, each)))
      await exchangers[engine]?.clear?.(item, never);
  }
}

/** What is kept in servers, for good. */
export async function removeKept(sources: readonly KeptSource[]): Promise<void> {
  for (const { engine, items } of sources) {
    for (const item of items.filter(isInServer))
      await keptKinds[engine]?.inServer?.remove(item, never);
  }
}

/** Bytes that servers keep for it. */
export async function keptBytes(sources: readonly KeptSource[]): Promise<number> {
  let bytes = 0;
  for (const { engine, items } of sources) {
    for (const item of items.filter(isInServer))
      bytes += (await keptKinds[engine]?.inServer?.bytes(item, never)) ?? 0;
  }
  return bytes;
}

/** Names of what a server should keep and does not. */
export async function goneFromServers(sources: readonly KeptSource[]): Promise<readonly string[]> {
  const gone: string[] = [];
  for (const { engine, items } of sources) {
    for (const item of items.filter(isInServer)) {
      const isThere = await keptKinds[engine]?.inServer?.isThere(item, never);
      if (isThere === false && item.kept !== undefined) gone.push(item.kept);
    }
  }
  return gone;
}

/** Paths of what is kept on disk. */
export function keptPaths(sources: readonly KeptSource[]): readonly string[] {
  return sources.flatMap(({ items }) =>
    items.flatMap((item) => (isInServer(item) ? [] : (item.kept ?? []))),
  );
}

function isInServer({ server }: Pick<KeptItem, 'server'>): boolean {
  return server !== undefined;
}
