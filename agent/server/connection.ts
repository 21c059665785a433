import type * as z from 'zod';
import { KedgeError } from '../../protocol/failures.ts';
import { serviceAnswerReset } from '../../protocol/methods/service.ts';
import { protocolVersion, sessionOpen, sessionView } from '../../protocol/methods/session.ts';
import { noticeMethod } from '../../protocol/notices.ts';
import { BadParams, createPeer, type Peer } from '../../protocol/peer.ts';
import type { Daemon } from './daemon.ts';
import { type Asker, type Door, demandRole, mayCall } from './door.ts';
import type { Handler } from './handlers/handler.ts';
import { handlers } from './handlers/handlers.ts';
import { namingFolder } from './name-failure.ts';
import type { Refusals } from './refusals.ts';
import type { Requests } from './requests.ts';
import { openStreams } from './transfers/streams.ts';
import { kedgeVersion } from './version.ts';

/** What changes something is carried through: a lost connection must not leave a restart half done. */
const never = new AbortController().signal;

/** One client's connection, whatever carries its frames. */
export interface Connection {
  receive(text: string): void;
  /** A binary frame. Answers what is wrong with it: then the connection is to be closed. */
  receiveBytes(bytes: Uint8Array): string | undefined;
  closed(): void;
}

export interface ConnectionOptions {
  readonly daemon: Daemon;
  readonly requests: Requests;
  readonly refusals: Refusals;
  /** Of this connection. */
  readonly number: number;
  readonly door: Door;
  readonly send: (text: string) => void;
  /** Settles when the binary frame has left this process. */
  readonly sendBytes: (frame: Uint8Array) => Promise<void>;
}

export function openConnection(options: ConnectionOptions): Connection {
  const { daemon, requests, door, number } = options;
  const { role } = door;
  let session: z.infer<typeof sessionOpen.params> | undefined;
  let listening: Disposable | undefined;
  const asker = (): Asker => askerOf(door, session);

  const lookAt = (view: string): void => {
    const { claimedUser: user, tty } = session ?? {};
    daemon.presence.look({
      ...{ session: number, role, view },
      ...(user === undefined ? {} : { user }),
      ...(tty === undefined ? {} : { tty }),
    });
  };

  const open = async (params: unknown): Promise<unknown> => {
    const asked = decode(sessionOpen.params, params, sessionOpen.name);
    if (asked.version !== protocolVersion) {
      const versions = { ours: protocolVersion, theirs: asked.version };
      throw new KedgeError('version-mismatch', versions);
    }
    session = asked;
    if (asked.view !== undefined) lookAt(asked.view);
    const answers = asked.unattended !== true && mayCall(role, serviceAnswerReset);
    const who = answers ? 'person' : 'other';
    listening ??= daemon.broadcast.subscribe((notice) => peer.notify(noticeMethod, notice), who);
    return {
      version: protocolVersion,
      capabilities: [],
      kedgeVersion,
      pid: process.pid,
      installation: daemon.state.installation,
      epoch: daemon.broadcast.epoch,
      home: daemon.places.home,
      role,
      session: number,
    };
  };

  /** Full disks and the like in words, before they become an answer. */
  const named = async (work: Promise<unknown>): Promise<unknown> =>
    await work.catch(async (error: unknown) => {
      throw await namingFolder(daemon, error);
    });

  const refuseBelow = ({ method }: Handler, raw: unknown): void => {
    if (mayCall(role, method)) return;
    // What does not have the form of the method is nobody's to keep.
    const params = method.params.safeParse(raw ?? {}).data;
    options.refusals.note(method.name, params, asker());
    demandRole({ role }, method.least, method.name);
  };

  const run = async (handler: Handler, raw: unknown, signal: AbortSignal): Promise<unknown> => {
    if (session === undefined) throw new KedgeError('not-open');
    refuseBelow(handler, raw);
    const params = decode(handler.method.params, raw, handler.method.name);
    const act = async (until: AbortSignal): Promise<unknown> =>
      handler.method.result.parse(await named(handler.run(daemon, params, until, asker())));
    if (!handler.method.mutating) return await act(signal);
    return await named(requests.once(handler.method.name, params, () => act(never), asker()));
  };

  const streams = openStreams({
    daemon,
    sendFrame: options.sendBytes,
    notify: (method, params) => peer.notify(method, params),
  });
  const peer: Peer = createPeer({
    send: options.send,
    notice(method, params) {
      const looked = sessionView.params.safeParse(params);
      if (method !== sessionView.name) streams.notice(method, params);
      else if (session !== undefined && looked.success) lookAt(looked.data.view);
    },
    handle(method, params, signal) {
      if (method === sessionOpen.name) return open(params);
      const handler = handlers.get(method) ?? streams.handlers.get(method);
      return handler === undefined ? undefined : run(handler, params, signal);
    },
  });
  return {
    receive: (text) => peer.receive(text),
    receiveBytes(bytes) {
      if (session === undefined) return 'open a session first';
      return role === 'admin' ? streams.frame(bytes) : `the role ${role} sends no bytes`;
    },
    closed() {
      streams.close();
      daemon.presence.leave(number);
      listening?.[Symbol.dispose]();
      peer.close(new Error('the connection was closed'));
    },
  };
}

function askerOf(
  { path, role }: Door,
  session: z.infer<typeof sessionOpen.params> | undefined,
): Asker {
  const { client, claimedUser, tty } = session ?? {};
  return {
    ...{ socket: path, role },
    ...(client === undefined ? {} : { client }),
    ...(claimedUser === undefined ? {} : { claimedUser }),
    ...(tty === undefined ? {} : { tty }),
  };
}

function decode<S extends z.ZodType>(schema: S, raw: unknown, method: string): z.infer<S> {
  const decoded = schema.safeParse(raw ?? {});
  if (decoded.success) return decoded.data;
  const [issue] = decoded.error.issues;
  throw new BadParams(`${method}: ${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`);
}
