import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Work } from '../../agent/os/work.ts';
import { isGuarded } from '../../agent/restore/guard.ts';
import { findUnfinishedJournals, recoverJournal } from '../../agent/restore/recover.ts';
import { makeRecoverPlan } from '../../agent/restore/recover-machine/make-recover-plan.ts';
import { parsedConfig } from '../../agent/restore/recover-machine/open-machine.ts';
import { runRecover } from '../../agent/restore/recover-machine/run-recover.ts';
import type { RestoreContext } from '../../agent/restore/restore-context.ts';
import type { RecoverOrder, RecoverPlan } from '../../protocol/domain/recover.ts';
import type { RestoreResult } from '../../protocol/domain/restore.ts';
import { FakeServices } from './fake-service-control.ts';
import { nowMs, type RestoreFixture, rowsOf, treeOf } from './restore-fixture.ts';

const never = new AbortController().signal;

/** kedge.jsonc of a fixture's application, with comments and services as somebody writes them. */
export function configTextOf(app: RestoreFixture): string {
  const program = (name: string) => [process.execPath, join(app.app, 'bin', name), app.settings];
  const service = (name: string, ...dependsOn: string[]) =>
    JSON.stringify({ manager: 'process', role: 'host', command: program(name), dependsOn });
  return `// Written by hand.
{
  "application": { "id": "clinic", "name": "Clinic", "version": "1.0" },
  "sources": {
    "db": ${JSON.stringify(app.config.sources['db'])}, // the patients
    "uploads": ${JSON.stringify(app.config.sources['uploads'])},
    "conf": ${JSON.stringify(app.config.sources['conf'])}
  },
  "stores": { "local": { "kind": "local", "path": ${JSON.stringify(join(app.home, 'stick'))} } },
  "services": {
    "database": ${service('database')},
    "host": ${service('host', 'database')}
  }
}
`;
}

/** A machine that knows nothing yet, beside the fixture whose archives come to it. */
export class EmptyMachine implements Disposable {
  readonly home = fs.realpathSync(fs.mkdtempSync(join(tmpdir(), 'kedge-machine-')));
  readonly stateFolder = join(this.home, 'state');
  readonly configPath = join(this.home, 'etc', 'kedge.jsonc');
  readonly data = join(this.home, 'srv', 'clinic');
  readonly services = new FakeServices({ database: [], host: ['database'] });
  readonly #from: RestoreFixture;
  #job = 0;

  constructor(from: RestoreFixture) {
    this.#from = from;
    fs.mkdirSync(this.stateFolder);
    fs.chmodSync(this.home, 0o755);
    this.services.running.clear();
    this.services.isGuarded = () => isGuarded(this.stateFolder);
  }

  order(paths: readonly string[], more: Partial<RecoverOrder> = {}): RecoverOrder {
    return {
      paths,
      maps: [{ from: this.#from.app, to: this.data }],
      owners: [],
      otherOwners: 'keep',
      destinations: [],
      replace: false,
      ...more,
    };
  }

  async plan(order: RecoverOrder, work = this.work()): Promise<RecoverPlan> {
    const { stateFolder, services } = this;
    const context = { stateFolder, services, installation: 'new' };
    return await makeRecoverPlan(order, this.configPath, context, work);
  }

  async run(plan: RecoverPlan, work = this.work()): Promise<RestoreResult> {
    const order = { plan, undoId: `undo-${work.job}`, nowMs, confirmation: 'Clinic' };
    return await runRecover(order, this.contextOf(plan), work);
  }

  /** Settles what a crash left, as a Kedge that starts does. */
  async settle(plan: RecoverPlan): Promise<void> {
    for (const journal of findUnfinishedJournals(this.stateFolder)) {
      await recoverJournal(journal, this.contextOf(plan), this.work());
    }
  }

  contextOf({ configText, configPath }: RecoverPlan): RestoreContext {
    const { stateFolder, services } = this;
    const config = parsedConfig(configText, configPath);
    return { config, stateFolder, services, installation: 'new' };
  }

  /** All that came, to be compared as a whole. */
  live(): unknown {
    const at = (path: string) => this.data + path.slice(this.#from.app.length);
    const database = at(this.#from.database);
    const [uploads, settings] = [at(this.#from.uploads), at(this.#from.settings)];
    return {
      database: fs.existsSync(database) ? rowsOf(database) : 'missing',
      uploads: treeOf(uploads),
      settings: fs.existsSync(settings) ? fs.readFileSync(settings, 'utf8') : 'missing',
      configuration: fs.existsSync(this.configPath),
    };
  }

  /** Everything on it but Kedge's own state and what the test left. */
  names(): readonly string[] {
    const all = fs.readdirSync(this.home, { recursive: true, encoding: 'utf8' });
    return all.filter((name) => !/^(state|scratch-)/.test(name)).sort();
  }

  work(job = ++this.#job, signal: AbortSignal = never): Work {
    const scratch = join(this.home, `scratch-${job}`);
    fs.mkdirSync(scratch, { recursive: true });
    return { job, signal, scratch, progress: () => {}, log: () => {} };
  }

  [Symbol.dispose](): void {
    fs.rmSync(this.home, { recursive: true, force: true });
  }
}
