import { afterAll, beforeAll } from 'vitest';
import { managerContract } from '../contract/manager.ts';
import { startSystemd, type TestSystemd } from '../support/systemd/start-systemd.ts';
import { testUnits } from '../support/systemd/test-units.ts';
import { hasSystemd, testWithSystemd } from '../support/systemd/test-with-systemd.ts';
import { instancesOf, UnitFixture } from '../support/systemd/unit-fixture.ts';

let system: TestSystemd | undefined;

beforeAll(async () => {
  if (!hasSystemd) return;
  const names = Object.keys(testUnits);
  system = await startSystemd({ units: testUnits, allowed: instancesOf(names, 60) });
  // As the unprivileged user that Kedge is, under the rule that names these units.
  process.env['PATH'] = `${system.tools('kedge')}:${process.env['PATH']}`;
});
afterAll(async () => await system?.[Symbol.asyncDispose]());

managerContract('systemd', () => new UnitFixture(), testWithSystemd());
