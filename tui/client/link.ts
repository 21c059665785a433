import type * as z from 'zod';
import { KedgeError } from '../../protocol/failures.ts';
import { protocolVersion, sessionOpen } from '../../protocol/methods/session.ts';
import { Notice, noticeMethod } from '../../protocol/notices.ts';
import { createPeer } from '../../protocol/peer.ts';
import { type Dial, openConnection } from '../host/connection.ts';
import { createStreams, type Streams } from './streams.ts';
import { ConnectionLost, unreachable } from './unreachable.ts';

/** What Kedge says of itself when a session opens. */
export type SessionInfo = z.output<typeof sessionOpen.result>;

/** One open connection with its session. `lost` resolves, never rejects, when it is gone. */
export interface Link {
  readonly session: SessionInfo;
  readonly lost: Promise<ConnectionLost>;
  request(method: string, params: unknown, signal?: AbortSignal): Promise<unknown>;
  notify(method: string, params: unknown): void;
  /** A frame of a transfer; settles when it has left this process. Fails with ConnectionLost. */
  sendBytes(frame: Uint8Array): Promise<void>;
  readonly streams: Streams;
  close(): void;
}

export interface LinkOptions {
  /** With `dial` only a name for it, for messages. */
  readonly socket: string;
  readonly dial?: Dial | undefined;
  /** Name of the program that asks, for the audit. */
  readonly client: string;
  readonly claimedUser?: string | undefined;
  /** No person is there to answer. */
  readonly unattended?: boolean;
  readonly tty?: string | undefined;
  /** The screen in front now; absent: there is none to tell others of. */
  readonly view?: () => string | undefined;
  readonly onNotice: (notice: Notice) => void;
}

const openTimeoutMs = 10_000;

/** Connects and opens the session; every way to fail is a KedgeError. */
export async function openLink(options: LinkOptions, signal: AbortSignal): Promise<Link> {
  const { promise: lost, resolve: loose } = Promise.withResolvers<ConnectionLost>();
  const streams = createStreams();
  let send = (_text: string): void => undefined;
  const peer = createPeer({
    send: (text) => send(text),
    handle: () => undefined,
    notice: (method, params) => {
      streams.notice(method, params);
      // One that this version can't read leaves a gap in the numbers, and that is read again.
      const notice = Notice.safeParse(params);
      if (method === noticeMethod && notice.success) options.onNotice(notice.data);
    },
  });
  const lose = (reason: Error): void => {
    const error = new ConnectionLost(reason.message, { cause: reason });
    peer.close(error);
    loose(error);
  };
  const connection = await openConnection(
    options,
    { onText: (text) => peer.receive(text), onBytes: streams.received, onClose: lose },
    signal,
  ).catch((error: unknown) => {
    throw unreachable(options.socket, error);
  });
  send = connection.send;
  const close = (): void => connection.close();
  try {
    const deadline = AbortSignal.any([signal, AbortSignal.timeout(openTimeoutMs)]);
    const answer = await peer.request(sessionOpen.name, openParams(options), deadline);
    const session = sessionOpen.result.parse(answer);
    refuseOtherVersion(session);
    const { request, notify } = peer;
    const sendBytes = async (frame: Uint8Array): Promise<void> =>
      await connection.sendBytes(frame).catch((error: Error) => {
        throw new ConnectionLost(error.message, { cause: error });
      });
    return { session, lost, request, notify, sendBytes, streams, close };
  } catch (error) {
    close();
    if (error instanceof KedgeError) throw error;
    throw unreachable(options.socket, error);
  }
}

function openParams(options: LinkOptions): z.input<typeof sessionOpen.params> {
  const view = options.view?.();
  return {
    version: protocolVersion,
    capabilities: [],
    client: options.client,
    ...(options.claimedUser === undefined ? {} : { claimedUser: options.claimedUser }),
    ...(options.unattended === true ? { unattended: true } : {}),
    ...(options.tty === undefined ? {} : { tty: options.tty }),
    ...(view === undefined ? {} : { view }),
  };
}

function refuseOtherVersion(session: SessionInfo): void {
  if (session.version === protocolVersion) return;
  throw new KedgeError('version-mismatch', { ours: session.version, theirs: protocolVersion });
}
