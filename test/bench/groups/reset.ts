import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { serviceList, serviceReset } from '../../../protocol/methods/service.ts';
import { openSession, type Session } from '../../support/kedge.ts';
import { until } from '../../support/until.ts';
import type { Bench } from '../bench.ts';
import { measured } from '../measure/rows.ts';
import { makeHome } from '../product/make-home.ts';
import { resultOf, runJob } from '../product/run-job.ts';
import { startKedge } from '../product/start-kedge.ts';
import type { Row } from '../row.ts';

/** Each service proves itself for so long after its start; they start one after another. */
const stableSeconds = 0.5;
const serviceCount = 3;
const startDeadlineMs = 60_000;

/** Three services that start and stop at once, each needing the one before: what is left is Kedge's own time. */
export async function reset(bench: Bench): Promise<readonly Row[]> {
  const { home } = await makeHome(join(bench.folder, 'reset'), undefined, {
    services: {
      database: service('database', []),
      host: service('host', ['database']),
      agent: service('agent', ['host']),
    },
  });
  await using kedge = await startKedge(home, bench.signal);
  using session = await openSession(kedge.socket);
  await until(() => allHealthy(session), startDeadlineMs);
  const own = serviceCount * stableSeconds;
  const beyond: number[] = [];
  for (let run = 0; run < bench.runs; run += 1) {
    const started = session.call(serviceReset, { requestId: randomUUID() });
    const done = await runJob(kedge, session, started, bench.signal);
    const { outcome } = resultOf(done, 'reset').reset;
    if (outcome !== 'done') throw new Error(`the reset ended as "${outcome}"`);
    beyond.push(done.seconds - own);
  }
  return [
    measured('three services, beyond their own times', 's', beyond, {
      budget: { of: 'value', must: 1, goal: 0.3 },
    }),
  ];
}

function service(role: string, dependsOn: readonly string[]): object {
  return {
    manager: 'process',
    role,
    command: ['/bin/sleep', '1000000'],
    dependsOn,
    stableSeconds,
    autoStart: true,
    stopWithAgent: true,
  };
}

async function allHealthy(session: Session): Promise<boolean> {
  const { services } = await session.call(serviceList, {});
  return services.length === serviceCount && services.every(({ health }) => health === 'healthy');
}
