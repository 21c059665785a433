import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ManagedService, ManagerStatus } from '../../../agent/services/manager.ts';
import { openManagedService } from '../../../agent/services/managers.ts';
import { until } from '../until.ts';

let instances = 0;

/** Instances of each unit that a rule for tests must name. */
export function instancesOf(names: readonly string[], count: number): readonly string[] {
  const numbers = Array.from({ length: count }, (_, at) => at + 1);
  return names.flatMap((name) => numbers.map((number) => name.replace('@', `@${number}`)));
}

/** Services of one instance of the test units, which nobody started before. */
export class UnitFixture implements AsyncDisposable {
  readonly instance: number;
  readonly stateFolder = mkdtempSync(join(tmpdir(), 'kedge-units-'));
  guarded = false;

  constructor() {
    instances += 1;
    this.instance = instances;
  }

  unit(name: string, type = 'service'): string {
    return `k${name}@${this.instance}.${type}`;
  }

  open(name: string): ManagedService {
    return openManagedService(
      'host',
      { manager: 'systemd', role: 'host', unit: this.unit(name) },
      {
        stateFolder: this.stateFolder,
        isGuarded: () => this.guarded,
        changed: () => undefined,
        log: () => undefined,
      },
    );
  }

  async [Symbol.asyncDispose](): Promise<void> {
    rmSync(this.stateFolder, { recursive: true, force: true });
  }
}

export async function unitComesTo(
  service: ManagedService,
  kind: ManagerStatus['kind'],
): Promise<ManagerStatus> {
  const { signal } = new AbortController();
  await until(async () => (await service.status(signal)).kind === kind);
  return await service.status(signal);
}
