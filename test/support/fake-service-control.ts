import type { ServiceControl } from '../../agent/services/service-control.ts';
import type { Service } from '../../protocol/domain/service.ts';
import { KedgeError } from '../../protocol/failures.ts';

/** Services that only remember what was asked of them. */
export class FakeServices implements ServiceControl {
  readonly calls: string[] = [];
  readonly running = new Set<string>();
  /** Ids that do not become healthy. */
  readonly broken = new Set<string>();
  /** Like the real managers, these ask the guard before every start. */
  isGuarded: () => boolean = () => false;
  readonly #dependsOn: Readonly<Record<string, readonly string[]>>;
  /** Called before every act; tests make it throw. */
  before: (act: string) => void = () => {};

  constructor(dependsOn: Readonly<Record<string, readonly string[]>>) {
    this.#dependsOn = dependsOn;
    for (const id of Object.keys(dependsOn)) this.running.add(id);
  }

  async status(): Promise<readonly Service[]> {
    this.before('status');
    // The other way round, so that nobody relies on the order.
    return Object.entries(this.#dependsOn)
      .reverse()
      .map(([id, dependsOn]) => ({
        id,
        role: 'host',
        manager: 'fake',
        dependsOn,
        health: this.running.has(id) ? 'healthy' : 'stopped',
        why: '',
        sinceMs: 0,
        restarts: 0,
      }));
  }

  async stop(id: string): Promise<void> {
    this.before(`stop ${id}`);
    this.calls.push(`stop ${id}`);
    this.running.delete(id);
  }

  async start(id: string): Promise<void> {
    this.before(`start ${id}`);
    this.calls.push(`start ${id}`);
    if (this.isGuarded()) throw new KedgeError('service-guarded', { service: id });
    if (this.broken.has(id)) {
      throw new KedgeError('service-start-failed', { service: id, why: 'exit 3' });
    }
    this.running.add(id);
  }
}
