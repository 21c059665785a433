import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { WebSocket } from 'ws';
import type * as z from 'zod';
import { isFinished, type Job } from '../../protocol/domain/job.ts';
import type { Method } from '../../protocol/method.ts';
import { jobShow } from '../../protocol/methods/job.ts';
import { protocolVersion, sessionOpen } from '../../protocol/methods/session.ts';
import { Notice, noticeMethod } from '../../protocol/notices.ts';
import { createPeer } from '../../protocol/peer.ts';
import { builtProgram } from './programs.ts';

const startDeadlineMs = 60_000;
const jobDeadlineMs = 60_000;

/** A real daemon in a process of its own, working in `home`. */
export interface RunningKedge extends AsyncDisposable {
  readonly process: ChildProcess;
  readonly home: string;
  readonly socket: string;
  /** What it printed so far. */
  output(): string;
  /** SIGKILL, and gone. */
  kill(): Promise<void>;
  stop(): Promise<number | null>;
}

export async function startKedge(home: string, ...args: string[]): Promise<RunningKedge> {
  return await startKedgeThrough([], home, ...args);
}

/** The same, started by another program, which must become it. */
export async function startKedgeThrough(
  before: readonly string[],
  home: string,
  ...args: string[]
): Promise<RunningKedge> {
  const [program = '', ...rest] = [...before, process.execPath, builtProgram('main'), ...args];
  const child = spawn(program, rest, {
    env: { ...process.env, KEDGE_HOME: home },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  child.stderr.on('data', (text) => {
    output += String(text);
  });
  const ready = Promise.withResolvers<void>();
  createInterface({ input: child.stdout }).on('line', (line) => {
    output += `${line}\n`;
    if (line.includes('Kedge is ready')) ready.resolve();
  });
  const exited = once(child, 'exit');
  const timer = setTimeout(
    () => ready.reject(new Error(`Kedge was not ready in time:\n${output}`)),
    startDeadlineMs,
  );
  exited.then(() => ready.reject(new Error(`Kedge ended at its start:\n${output}`)));
  await ready.promise.finally(() => clearTimeout(timer));
  const end = async (signal: NodeJS.Signals): Promise<number | null> => {
    if (child.exitCode === null && child.signalCode === null) child.kill(signal);
    await exited;
    return child.exitCode;
  };
  return {
    process: child,
    home,
    socket: join(home, 'kedge.sock'),
    output: () => output,
    kill: async () => void (await end('SIGKILL')),
    stop: async () => await end('SIGTERM'),
    [Symbol.asyncDispose]: async () => void (await end('SIGTERM')),
  };
}

/** A session with a daemon. */
export interface Session extends Disposable {
  call<P extends z.ZodType, R extends z.ZodType>(
    method: Method<P, R>,
    params: z.input<P>,
  ): Promise<z.output<R>>;
  readonly notices: readonly Notice[];
  /** Waits until the job has ended, and answers it. */
  ended(job: number): Promise<Job>;
  /** Waits until a notice fits. */
  until(fits: (notice: Notice) => boolean): Promise<Notice>;
}

/** `about`: what the client says of itself. */
export async function openSession(
  socket: string,
  about: Partial<z.input<typeof sessionOpen.params>> = {},
): Promise<Session> {
  const connection = new WebSocket(`ws+unix:${socket}:/`);
  const notices: Notice[] = [];
  const waiting = new Set<() => void>();
  const peer = createPeer({
    send: (text) => connection.send(text),
    handle: () => undefined,
    notice: (method, params) => {
      if (method !== noticeMethod) return;
      notices.push(Notice.parse(params));
      for (const look of waiting) look();
    },
  });
  connection.on('message', (data) => peer.receive(String(data)));
  connection.on('close', () => peer.close(new Error('closed')));
  await once(connection, 'open');
  const call: Session['call'] = async (method, params) =>
    method.result.parse(await peer.request(method.name, params));
  const own = { version: protocolVersion, capabilities: [], client: 'test' };
  await call(sessionOpen, { ...own, ...about });

  const until: Session['until'] = async (fits) => {
    const found = Promise.withResolvers<Notice>();
    const look = (): void => {
      const notice = notices.find(fits);
      if (notice !== undefined) found.resolve(notice);
    };
    waiting.add(look);
    look();
    const timer = setTimeout(
      () => found.reject(new Error('no such notice in time')),
      jobDeadlineMs,
    );
    return await found.promise.finally(() => {
      clearTimeout(timer);
      waiting.delete(look);
    });
  };
  return {
    call,
    notices,
    until,
    async ended(id) {
      const { job } = await call(jobShow, { job: id });
      if (isFinished(job)) return job;
      await until(
        ({ change }) => change.topic === 'job' && change.job.id === id && isFinished(change.job),
      );
      return (await call(jobShow, { job: id })).job;
    },
    [Symbol.dispose]: () => connection.terminate(),
  };
}
