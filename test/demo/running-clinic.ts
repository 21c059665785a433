import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Config } from '../../agent/config/config.ts';
import type { ServiceName } from '../../agent/demo/app/clinic-settings.ts';
import { httpUrlOf } from '../../agent/services/http-url.ts';

/** The services of a demo, run as its configuration says, and killed at the end. */
export class RunningClinic implements AsyncDisposable {
  readonly #config: Config;
  readonly #children = new Map<ServiceName, ChildProcess>();

  constructor(config: Config) {
    this.#config = config;
  }

  start(name: ServiceName): void {
    const settings = this.#settings(name);
    const [program, ...args] = settings.manager === 'process' ? settings.command : [];
    if (program === undefined) throw new Error(`${name} has no command`);
    this.#children.set(name, spawn(program, args, { stdio: 'ignore' }));
  }

  child(name: ServiceName): ChildProcess {
    const child = this.#children.get(name);
    if (child === undefined) throw new Error(`${name} was not started`);
    return child;
  }

  /** Sends a signal and waits for the end. */
  async end(name: ServiceName, signal: NodeJS.Signals): Promise<void> {
    const child = this.child(name);
    const ended = child.exitCode === null && child.signalCode === null ? once(child, 'exit') : [];
    child.kill(signal);
    await ended;
  }

  url(name: ServiceName, path: string): string {
    return new URL(path, httpUrlOf(this.#settings(name))).href;
  }

  /** The status of an answer, or 0 where there is none within two seconds. */
  async status(name: ServiceName, path = '/health', init: RequestInit = {}): Promise<number> {
    const signal = AbortSignal.timeout(2_000);
    return await fetch(this.url(name, path), { ...init, signal }).then(
      (response) => response.status,
      () => 0,
    );
  }

  async query(statement: string, params: object): Promise<{ status: number; json: unknown }> {
    const body = JSON.stringify({ statement, params });
    const response = await fetch(this.url('database', '/query'), { method: 'POST', body });
    return { status: response.status, json: await response.json() };
  }

  async counts(): Promise<Record<string, number>> {
    const { counts } = (await (await fetch(this.url('host', '/'))).json()) as {
      counts: Record<string, number>;
    };
    return counts;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const name of this.#children.keys()) await this.end(name, 'SIGKILL');
  }

  #settings(name: ServiceName) {
    const settings = this.#config.services?.[name];
    if (settings === undefined) throw new Error(`there is no service ${name}`);
    return settings;
  }
}
