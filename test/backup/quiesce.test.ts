import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runBackup } from '../../agent/backup/run-backup.ts';
import type { ServiceControl } from '../../agent/services/service-control.ts';
import type { Quiesce } from '../../agent/sources/quiesce.ts';
import type { HealthState, Service } from '../../protocol/domain/service.ts';
import { KedgeError } from '../../protocol/failures.ts';
import { recordedWork } from '../support/recorded-work.ts';
import { makeSmallClinic, noServices, type SmallClinic } from './small-clinic.ts';

/** Services that keep a diary; a name in `broken` fails to do that. */
function recordedServices(
  health: Readonly<Record<string, HealthState>>,
  broken: readonly string[] = [],
): ServiceControl & { readonly diary: string[] } {
  const diary: string[] = [];
  const act = async (what: string, signal: AbortSignal): Promise<void> => {
    signal.throwIfAborted();
    diary.push(what);
    if (broken.includes(what)) {
      throw new KedgeError('service-start-failed', { service: what, why: 'no memory' });
    }
  };
  return {
    diary,
    status: async () => Object.entries(health).map(([id, state]) => serviceOf(id, state)),
    stop: (id, signal) => act(`stop ${id}`, signal),
    start: (id, signal) => act(`start ${id}`, signal),
  };
}

function serviceOf(id: string, health: HealthState): Service {
  return {
    id,
    role: 'host',
    manager: 'process',
    dependsOn: [],
    health,
    why: '',
    sinceMs: 0,
    restarts: 0,
  };
}

const clinicWith = (source: string, quiesce: Quiesce): Promise<SmallClinic> =>
  makeSmallClinic((config) => {
    const settings = config.sources[source];
    if (settings !== undefined) settings.quiesce = quiesce;
  });

test('services are stopped in the order given, only while the database is copied, and started in reverse', async () => {
  const clinic = await clinicWith('database', { kind: 'stop', services: ['agent', 'host'] });
  const services = recordedServices({ agent: 'healthy', host: 'healthy' });
  const work = recordedWork((step) => {
    if (services.diary.at(-1) !== step) services.diary.push(step);
  });
  const backup = await runBackup(clinic.order, clinic.config, work, services);
  expect(backup.outcome).toBe('complete');
  expect(services.diary).toEqual([
    'list uploads',
    'list conf',
    'stop agent',
    'stop host',
    'capture database',
    'start host',
    'start agent',
    'read database',
    'read uploads',
    'read conf',
    'seal',
  ]);
});

test('a service that two sources hold is stopped once and started after the last of them', async () => {
  const clinic = await clinicWith('database', { kind: 'stop', services: ['host'] });
  const uploads = clinic.config.sources['uploads'];
  if (uploads !== undefined) uploads.quiesce = { kind: 'stop', services: ['host'] };
  const services = recordedServices({ host: 'healthy' });
  const work = recordedWork((step) => {
    if (services.diary.at(-1) !== step) services.diary.push(step);
  });
  await runBackup(clinic.order, clinic.config, work, services);
  expect(services.diary).toEqual([
    'stop host',
    'list uploads',
    'list conf',
    'capture database',
    'read uploads',
    'start host',
    'read database',
    'read conf',
    'seal',
  ]);
});

test('a service that did not run before is not started', async () => {
  const clinic = await clinicWith('database', { kind: 'stop', services: ['agent', 'host'] });
  const services = recordedServices({ agent: 'stopped', host: 'healthy' });
  await runBackup(clinic.order, clinic.config, recordedWork(), services);
  expect(services.diary).toEqual(['stop host', 'start host']);
});

test('a service that does not stop makes its source a gap, and all are started again', async () => {
  const clinic = await clinicWith('database', { kind: 'stop', services: ['agent', 'host'] });
  const services = recordedServices({ agent: 'healthy', host: 'healthy' }, ['stop host']);
  const backup = await runBackup(clinic.order, clinic.config, recordedWork(), services);
  expect(services.diary).toEqual(['stop agent', 'stop host', 'start host', 'start agent']);
  expect(backup.gaps).toMatchObject([{ kind: 'source', source: 'database' }]);
});

test('a cancelled backup and one whose capture fails start the services again', async () => {
  const clinic = await clinicWith('uploads', { kind: 'stop', services: ['host'] });
  for (const at of ['list uploads', 'read uploads']) {
    const services = recordedServices({ host: 'healthy' });
    const work = recordedWork((step) => {
      if (step === at) work.cancel();
    });
    const running = runBackup(clinic.order, clinic.config, work, services);
    await expect(running).rejects.toMatchObject({ name: 'AbortError' });
    expect(services.diary).toEqual(['stop host', 'start host']);
  }
  expect(clinic.stored()).toEqual([]);
});

test('a service that does not start again fails the job, but the backup is kept and its path told', async () => {
  const clinic = await clinicWith('database', { kind: 'stop', services: ['host'] });
  const services = recordedServices({ host: 'healthy' }, ['start host']);
  const work = recordedWork();
  const running = runBackup(clinic.order, clinic.config, work, services);
  await expect(running).rejects.toMatchObject({ failure: { code: 'service-start-failed' } });
  const [name = ''] = clinic.stored();
  expect(work.logged).toContain(`info: the backup itself is whole: "${join(clinic.store, name)}"`);
});

test('a hook runs before the capture and its counterpart after it', async () => {
  const clinic = await makeSmallClinic();
  const diary = join(clinic.folder, 'diary');
  const say = (word: string): [string, ...string[]] => ['sh', '-c', `echo ${word} >> "$0"`, diary];
  const settings = clinic.config.sources['database'];
  if (settings !== undefined) {
    settings.quiesce = { kind: 'hook', before: say('before'), after: say('after') };
  }
  let during = '';
  const work = recordedWork((step) => {
    if (step === 'capture database') during = readFileSync(diary, 'utf8');
  });
  await runBackup(clinic.order, clinic.config, work, noServices);
  expect([during, readFileSync(diary, 'utf8')]).toEqual(['before\n', 'before\nafter\n']);
});

test('a hook that fails makes its source a gap that quotes it, and its counterpart runs all the same', async () => {
  const clinic = await makeSmallClinic();
  const mark = join(clinic.folder, 'after-ran');
  const settings = clinic.config.sources['database'];
  if (settings !== undefined) {
    const before = ['sh', '-c', 'echo the application is busy >&2; exit 3'];
    settings.quiesce = { kind: 'hook', before, after: ['touch', mark] };
  }
  const backup = await runBackup(clinic.order, clinic.config, recordedWork(), noServices);
  expect(backup.gaps).toMatchObject([
    {
      kind: 'source',
      source: 'database',
      reason:
        'source "database": its before hook failed: it ended with exit code 3: the application is busy',
    },
  ]);
  expect(existsSync(mark)).toBe(true);
});
