import { join } from 'node:path';
import type { Work } from '../../agent/os/work.ts';
import type { ResetRecord } from '../../agent/services/reset-record.ts';
import { resumeReset, runReset } from '../../agent/services/run-reset.ts';
import type { ProcessServiceSettings } from '../../agent/services/settings.ts';
import type { ServiceSupervisor } from '../../agent/services/supervise.ts';
import type { ResetReport } from '../../protocol/domain/service.ts';
import { fakeService, recordAt, ServiceFixture } from './service-fixture.ts';

export const { signal } = new AbortController();

/** Three services on each other, and what a reset of them did. */
export class ResetFixture extends ServiceFixture {
  readonly records: ResetRecord[] = [];
  readonly progress: (readonly [string, boolean | undefined])[] = [];
  readonly cancel = new AbortController();
  /** From this record on the disk is full. */
  fullFrom = Number.POSITIVE_INFINITY;
  told = 0;
  readonly #settings: Record<string, ProcessServiceSettings>;
  readonly supervisor: ServiceSupervisor;

  constructor(changes: Record<string, Partial<ProcessServiceSettings>> = {}) {
    super();
    this.#settings = {
      agent: fakeService('obedient', { dependsOn: ['host'], ...changes['agent'] }),
      host: fakeService('obedient', { dependsOn: ['database'], ...changes['host'] }),
      database: fakeService('obedient', { role: 'database', ...changes['database'] }),
      reports: fakeService('obedient', { dependsOn: ['database'], ...changes['reports'] }),
    };
    this.supervisor = this.supervise(this.#settings);
  }

  async start(...ids: readonly string[]): Promise<void> {
    for (const id of ids) await this.supervisor.start(id, signal);
  }

  async reset(...ids: readonly string[]): Promise<ResetReport> {
    return await runReset(
      { ids: ids.length === 0 ? 'all' : ids },
      this.#control,
      this.#work,
      this.#tell,
      this.#persist,
    );
  }

  async resetByItself(...ids: readonly string[]): Promise<ResetReport> {
    const order = { ids, automatic: true };
    return await runReset(order, this.#control, this.#work, this.#tell, this.#persist);
  }

  async resume(record: ResetRecord): Promise<ResetReport | undefined> {
    return await resumeReset(record, this.#control, this.#work, this.#tell, this.#persist);
  }

  service(id: string) {
    return this.supervisor.services().find((service) => service.id === id);
  }

  healths(): Record<string, string> {
    return Object.fromEntries(this.supervisor.services().map(({ id, health }) => [id, health]));
  }

  incarnation(id: string): string {
    return recordAt(join(this.stateFolder, 'services', `${id}.json`)).instance;
  }

  get #control() {
    const { supervisor } = this;
    return {
      settings: this.#settings,
      status: supervisor.status.bind(supervisor),
      stop: supervisor.stop.bind(supervisor),
      start: supervisor.start.bind(supervisor),
    };
  }

  get #work(): Work {
    return {
      job: 1,
      signal: this.cancel.signal,
      scratch: this.stateFolder,
      progress: (step, _done, _total, cancellable) => this.progress.push([step, cancellable]),
      log: (level, text) => this.logged.push(`${level}: ${text}`),
    };
  }

  readonly #tell = () => {
    this.told += 1;
  };

  readonly #persist = async (record: ResetRecord) => {
    if (this.records.length >= this.fullFrom) throw new Error('ENOSPC');
    this.records.push(record);
  };
}

export const stepsOf = (report: ResetReport) =>
  report.steps.map(({ action, service, state }) => `${action} ${service} ${state}`);
