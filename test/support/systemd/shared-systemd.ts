import { afterAll, beforeAll } from 'vitest';
import { startSystemd, type TestSystemd } from './start-systemd.ts';
import { testUnits } from './test-units.ts';
import { hasSystemd } from './test-with-systemd.ts';
import { instancesOf } from './unit-fixture.ts';

/**
 * A systemd with the test units for all tests of a file. Kedge's code in this process asks it as the
 * unprivileged user that Kedge is, under a rule that names all units but those called "denied".
 */
export function sharedSystemd(): () => TestSystemd {
  let system: TestSystemd | undefined;
  const path = process.env['PATH'];
  beforeAll(async () => {
    if (!hasSystemd) return;
    const names = Object.keys(testUnits).filter((name) => !name.startsWith('kdenied'));
    system = await startSystemd({ units: testUnits, allowed: instancesOf(names, 60) });
    process.env['PATH'] = `${system.tools('kedge')}:${path}`;
  });
  afterAll(async () => {
    process.env['PATH'] = path;
    await system?.[Symbol.asyncDispose]();
  });
  return () => {
    if (system === undefined) throw new Error('no systemd was started');
    return system;
  };
}
