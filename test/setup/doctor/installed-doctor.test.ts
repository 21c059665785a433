import { expect } from 'vitest';
import type { DoctorFinding } from '../../../protocol/domain/doctor.ts';
import { doctorRun } from '../../../protocol/methods/doctor.ts';
import { serviceList } from '../../../protocol/methods/service.ts';
import { supportCollect } from '../../../protocol/methods/support.ts';
import { installKedge } from '../../support/systemd/installed-kedge.ts';
import { testWithSystemd } from '../../support/systemd/test-with-systemd.ts';

const test = testWithSystemd();

const secret = 'Xq9-unit-hunter2';
const unit = `[Service]\nEnvironment=DB_PASSWORD=${secret}\nExecStart=/bin/sleep infinity ${secret}\n`;

test('of an installed Kedge the doctor says which units it may not control, and that it is watched', async () => {
  const service = (name: string) => ({ manager: 'systemd', role: 'host', unit: `${name}.service` });
  await using kedge = await installKedge({
    units: { 'clinic-host.service': unit, 'clinic-masked.service': unit },
    config: {
      services: {
        host: service('clinic-host'),
        masked: service('clinic-masked'),
        denied: service('dbus'),
        missing: service('no-such'),
      },
    },
    data: 'sqlite3 clinic.sqlite "create table t(x)"; echo one > uploads/one.txt',
  });
  const masked = '/etc/systemd/system/clinic-masked.service';
  await kedge.sh(`rm ${masked}; ln -s /dev/null ${masked}; systemctl daemon-reload`);
  await kedge.sh('systemctl start clinic-host.service kedge.service');
  using session = await kedge.session();
  // Each is looked at once before the doctor tells of it.
  await session.call(serviceList, {});
  const { findings } = await session.call(doctorRun, {});
  const of = (area: DoctorFinding['area'], thing: string): Partial<DoctorFinding> =>
    findings.find((one) => one.area === area && one.thing === thing && one.tone !== 'ok') ??
    findings.find((one) => one.area === area && one.thing === thing) ??
    {};
  expect(of('services', 'service "host"')).toMatchObject({ tone: 'ok' });
  expect(of('services', 'service "masked"').cure).toContain('unmask clinic-masked.service');
  expect(of('services', 'service "denied"')).toMatchObject({
    tone: 'bad',
    cure: expect.stringContaining('polkit.addRule'),
  });
  expect(of('services', 'service "missing"').text).toContain('no unit "no-such.service"');
  expect(of('services', 'polkit')).toMatchObject({ tone: 'ok' });
  expect(of('kedge', 'watchdog')).toMatchObject({ tone: 'ok' });
  expect(of('kedge', 'kedge.service')).toMatchObject({ tone: 'ok' });
  expect(of('permissions', 'source "uploads"')).toMatchObject({ tone: 'ok' });
  expect(of('permissions', 'restore of "uploads"')).toMatchObject({ tone: 'ok' });
  expect(of('tools', 'setpriv')).toMatchObject({ tone: 'ok' });

  const { files, bundle } = await session.call(supportCollect, { findings: [] });
  expect(files.map(({ name }) => name)).toContain('units.json');
  expect(await kedge.sh(`echo '${bundle}' | base64 -d | tar -xzO`)).not.toContain(secret);
});
