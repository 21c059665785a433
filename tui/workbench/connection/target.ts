import { kedgeProgram } from '../../host/kedge-program.ts';
import { findSocket, userPlace } from '../../host/places.ts';
import { runProgram } from '../../host/run-program.ts';
import { findServer } from '../../host/ssh/find-server.ts';
import { noteRecentServer, readRecentServers } from '../../host/ssh/recent-servers.ts';
import type { Server } from '../../host/ssh/server.ts';
import { type ServerLine, serverLine } from '../../host/ssh/server-line.ts';
import { readServers } from '../../host/ssh/server-list.ts';
import { readSshHosts } from '../../host/ssh/ssh-hosts.ts';
import { readStanding } from '../../host/standing.ts';
import { startHere } from '../../host/start-here.ts';
import { untilInterrupt } from '../../host/until-interrupt.ts';
import { waitForEnter } from '../../host/wait-for-enter.ts';
import { serverTexts } from '../../texts/texts.ts';
import type { ConnectionHost, ServerOffer } from './connection-host.ts';

/** Where a window leads. */
export interface Target {
  /** With a server only its name, for messages. */
  readonly socket: string;
  readonly server?: Server | undefined;
}

/** The window is left for this one. */
export type OnGoTo = (server: string | undefined) => void;

type Environment = NodeJS.ProcessEnv;
type Write = (text: string) => void;

/** The target that a choice of the window means; undefined: this machine. */
export async function targetOf(server: string | undefined, env: Environment): Promise<Target> {
  if (server === undefined) return { socket: await findSocket(undefined, env) };
  return { socket: server, server: findServer(server, {}, env) };
}

export function lineOf({ server }: Target, env: Environment, write: Write): ServerLine | undefined {
  return server === undefined ? undefined : serverLine(server, env, write);
}

/** While the terminal is free: connects, and says so, as ssh may take its time or ask. */
export async function askOnTerminal(
  { name }: Server,
  line: ServerLine,
  env: Environment,
  write: Write,
): Promise<void> {
  write(`${serverTexts.connecting(name)}\n`);
  await untilInterrupt(line.ask);
  noteRecentServer(env, name);
}

export function connectionHost(
  target: Target,
  line: ServerLine | undefined,
  env: Environment,
  { write, onGoTo }: { readonly write: Write; readonly onGoTo: OnGoTo },
): ConnectionHost {
  const { server, socket } = target;
  const always = { server: server?.name, offers: () => serverOffers(env), goTo: onGoTo };
  if (server !== undefined && line !== undefined)
    return { ...always, ask: async () => await askOnTerminal(server, line, env, write) };
  const place = userPlace(env);
  // One that was named may be anybody's: of that nothing is known but its socket.
  if (socket !== place.socket) return always;
  return {
    ...always,
    here: {
      standing: async () => await readStanding(env, AbortSignal.timeout(standingTimeoutMs)),
      start: async () => await startHere(place, env, AbortSignal.timeout(startTimeoutMs)),
      async run(words) {
        await runProgram([kedgeProgram(), ...words]);
        await waitForEnter(serverTexts.pressEnter);
      },
    },
  };
}

const standingTimeoutMs = 10_000;
const startTimeoutMs = 60_000;

/** Recent first, then the list, then what ssh knows. */
function serverOffers(env: Environment): readonly ServerOffer[] {
  const listed = readServers(env);
  const recent = readRecentServers(env);
  const offers: readonly ServerOffer[] = [
    ...recent.map((name): ServerOffer => ({ name, where: 'recent' })),
    ...listed.map(({ name }): ServerOffer => ({ name, where: 'listed' })),
    ...readSshHosts().map((name): ServerOffer => ({ name, where: 'ofSsh' })),
  ];
  const addresses = new Map(listed.map(({ name, destination }) => [name, destination]));
  const seen = new Set<string>();
  return offers.flatMap((offer) => {
    if (seen.has(offer.name)) return [];
    seen.add(offer.name);
    const address = addresses.get(offer.name);
    return [address === undefined ? offer : { ...offer, address }];
  });
}
