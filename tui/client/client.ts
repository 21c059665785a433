import { setTimeout as delay } from 'node:timers/promises';
import type * as z from 'zod';
import type { Snapshot } from '../../protocol/domain/snapshot.ts';
import type { Failure } from '../../protocol/failures.ts';
import type { Method } from '../../protocol/method.ts';
import { sessionView } from '../../protocol/methods/session.ts';
import type { Change } from '../../protocol/notices.ts';
import type { Dial } from '../host/connection.ts';
import { backoffMs } from './backoff.ts';
import { createCall } from './call.ts';
import { createFollower } from './follower.ts';
import { createGate } from './gate.ts';
import { type Link, openLink, type SessionInfo } from './link.ts';
import { createOverLinks, type OverLinks } from './over-links.ts';
import { unreachable } from './unreachable.ts';

/** `open` implies that a snapshot was read. */
export type ConnectionState =
  | { readonly kind: 'connecting' }
  | { readonly kind: 'open'; readonly sinceMs: number; readonly session: SessionInfo }
  | {
      readonly kind: 'lost';
      readonly sinceMs: number;
      readonly retryAtMs: number;
      readonly problem: Failure;
    };

export interface ClientOptions {
  /** With `dial` only a name for it, for messages. */
  readonly socket: string;
  readonly dial?: Dial | undefined;
  /** Name of the program that asks, for the audit. */
  readonly client: string;
  readonly claimedUser?: string | undefined;
  /** No person is there to answer. */
  readonly unattended?: boolean;
  /** The terminal that it is at, for others who are here. */
  readonly tty?: string | undefined;
  /** `always`: tries until closed. `after-open`: a first attempt that fails is final. */
  readonly reconnect: 'always' | 'after-open';
  readonly onState: (state: ConnectionState) => void;
  /** After every open, and after a gap in the notices. */
  readonly onSnapshot: (snapshot: Snapshot) => void;
  readonly onChange: (change: Change) => void;
  readonly now?: () => number;
  /** 0 to 1, for the jitter. */
  readonly random?: () => number;
}

/**
 * Calls a method. A mutating one gets its `requestId` here, once; when the connection is lost
 * under it, it is sent again with the same one, and Kedge answers from its record.
 * Rejects with a KedgeError; `kedge-unreachable` at once while the connection is lost.
 */
export type Call = <P extends z.ZodType, R extends z.ZodType>(
  method: Method<P, R>,
  params: Omit<z.input<P>, 'requestId'>,
  signal?: AbortSignal,
) => Promise<z.output<R>>;

export interface Client {
  readonly socket: string;
  readonly call: Call;
  readonly overLinks: OverLinks;
  /** Resolves when a session is open, rejects with the problem when the attempt at work fails. */
  opened(signal: AbortSignal): Promise<SessionInfo>;
  /** Tries again now instead of at `retryAtMs`. */
  retryNow(): void;
  /** The screen in front, for others who are here; told again after every connection. */
  showView(view: string): void;
  close(): Promise<void>;
}

/** A daemon is back within moments, or it stays away. */
const patienceMs = 30_000;
/** A line to another machine is away for as long as somebody changes the network. */
const farPatienceMs = 300_000;

export function connect(options: ClientOptions): Client {
  const { socket, dial } = options;
  const patience = { socket, patienceMs: dial === undefined ? patienceMs : farPatienceMs };
  const now = options.now ?? Date.now;
  const random = options.random ?? Math.random;
  const closing = new AbortController();
  const gate = createGate<Link>();
  let wake = new AbortController();
  let lostSinceMs: number | undefined;
  let everOpen = false;
  let view: string | undefined;
  let toldView: string | undefined;
  let current: Link | undefined;

  /** One connection from its attempt to its end; the answer is why it ended. */
  const hold = async (): Promise<unknown> => {
    const follower = createFollower(options);
    try {
      const link = await openLink(
        { ...options, view: () => (toldView = view), onNotice: follower.received },
        closing.signal,
      );
      using _link = { [Symbol.dispose]: () => link.close() };
      current = link;
      tellView();
      closing.signal.addEventListener('abort', () => link.close(), { once: true });
      await follower.start(link);
      everOpen = true;
      lostSinceMs = undefined;
      // First: whoever learns that the connection is open may call at once.
      gate.open(link);
      options.onState({ kind: 'open', sinceMs: now(), session: link.session });
      return await link.lost;
    } catch (error) {
      return error;
    }
  };
  const tellView = (): void => {
    if (view === undefined || view === toldView) return;
    toldView = view;
    current?.notify(sessionView.name, { view });
  };
  const showLost = (error: unknown, waitMs: number): void => {
    const problem = unreachable(options.socket, error);
    lostSinceMs ??= now();
    options.onState({
      kind: 'lost',
      sinceMs: lostSinceMs,
      retryAtMs: now() + waitMs,
      problem: problem.failure,
    });
    gate.fail(problem);
  };
  const keepConnected = async (): Promise<void> => {
    for (let attempt = 0; !closing.signal.aborted; attempt += 1) {
      const error = await hold();
      if (lostSinceMs === undefined) attempt = 0;
      const waitMs = backoffMs(attempt, random());
      showLost(error, waitMs);
      if (!everOpen && options.reconnect === 'after-open') return;
      wake = new AbortController();
      const signal = AbortSignal.any([closing.signal, wake.signal]);
      await delay(waitMs, undefined, { signal }).catch(() => undefined);
    }
  };

  options.onState({ kind: 'connecting' });
  const ended = keepConnected();
  return {
    socket: options.socket,
    call: createCall(gate, patience, closing.signal),
    overLinks: createOverLinks(gate, patience, closing.signal),
    opened: async (signal) => (await gate.pass(false, signal)).session,
    retryNow: () => wake.abort(),
    showView(next) {
      view = next;
      if (current !== undefined) tellView();
    },
    async close() {
      closing.abort();
      await ended;
    },
  };
}
