import { readFileSync } from 'node:fs';
import * as z from 'zod';
import { Config } from '../../agent/config/config.ts';
import { runRestore } from '../../agent/restore/run-restore.ts';
import { RestorePlan } from '../../protocol/domain/restore.ts';
import { consentsOf } from '../../protocol/domain/restore-safety.ts';
import { FakeServices } from './fake-service-control.ts';

/** `ORDER.json`: runs the restore that the file describes, in a process that may be killed. */
const Order = z.object({
  plan: RestorePlan,
  config: Config,
  stateFolder: z.string(),
  scratch: z.string(),
  job: z.number(),
});
const { plan, config, stateFolder, scratch, job } = Order.parse(
  JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')),
);
await runRestore(
  {
    plan,
    confirmation: config.application.name,
    consents: consentsOf(plan.choices),
    undoId: `undo-${job}`,
    nowMs: plan.createdAtMs,
  },
  { config, stateFolder, installation: 'here', services: new FakeServices({ host: [] }) },
  {
    job,
    scratch,
    signal: new AbortController().signal,
    progress: () => {},
    log: () => {},
  },
);
