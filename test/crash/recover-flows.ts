import * as fs from 'node:fs';
import { join } from 'node:path';
import type { Work } from '../../agent/os/work.ts';
import { findUnfinishedJournals, recoverJournal } from '../../agent/restore/recover.ts';
import { makeRecoverPlan } from '../../agent/restore/recover-machine/make-recover-plan.ts';
import { parsedConfig } from '../../agent/restore/recover-machine/open-machine.ts';
import { runRecover } from '../../agent/restore/recover-machine/run-recover.ts';
import type { FlowCase } from '../support/crash/flow-case.ts';
import { nowMs, type RestoreFixture, rowsOf, treeOf } from '../support/restore-fixture.ts';

/** An application that comes to where nothing of it is. */
export const recoverFlows: readonly FlowCase[] = [
  {
    name: 'recover on an empty machine',
    leastPoints: 90,
    async prepare(app) {
      app.configText = JSON.stringify({ ...app.config, services: servicesOf() });
      const backup = await app.backup();
      for (const name of fs.readdirSync(app.app))
        fs.rmSync(join(app.app, name), { recursive: true });
      // The fixture looks there for what is left.
      for (const name of ['data', 'uploads']) fs.mkdirSync(join(app.app, name));
      const [to, configPath] = [join(app.app, 'new'), join(app.app, 'etc', 'kedge.jsonc')];
      const order = {
        paths: [backup.path],
        maps: [{ from: app.app, to }],
        owners: [],
        otherOwners: 'keep',
        destinations: [],
        replace: false,
      } as const;
      const plan = await makeRecoverPlan(order, configPath, app.context, app.work());
      const context = () => ({ ...app.context, config: parsedConfig(plan.configText, configPath) });
      return {
        keepsUndo: false,
        run: async (work) =>
          await runRecover({ plan, undoId: `undo-${work.job}`, nowMs }, context(), work),
        recover: async (work: Work) => {
          for (const journal of findUnfinishedJournals(app.stateFolder)) {
            await recoverJournal(journal, context(), work);
          }
        },
        look: () => lookAt(app, to, configPath),
      };
    },
  },
];

/** Those of the fixture. */
function servicesOf() {
  const service = (...dependsOn: string[]) => ({
    manager: 'process',
    role: 'host',
    command: [process.execPath],
    dependsOn,
  });
  return { database: service(), host: service('database'), agent: service('host') };
}

function lookAt(app: RestoreFixture, to: string, configPath: string): unknown {
  const at = (path: string) => to + path.slice(app.app.length);
  const [database, settings] = [at(app.database), at(app.settings)];
  return {
    database: fs.existsSync(database) ? rowsOf(database) : 'missing',
    uploads: treeOf(at(app.uploads)),
    settings: fs.existsSync(settings) ? fs.readFileSync(settings, 'utf8') : 'missing',
    configuration: fs.existsSync(configPath),
  };
}
