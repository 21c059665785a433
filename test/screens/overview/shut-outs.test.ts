import { expect, test } from 'vitest';
import type { Snapshot } from '../../../protocol/domain/snapshot.ts';
import { serviceLetIn } from '../../../protocol/methods/client.ts';
import { answerEverything } from '../../support/answer-everything.ts';
import { cannedNowMs, cannedSnapshot } from '../../support/canned-snapshot.ts';
import { startFakeKedge } from '../../support/fake-kedge.ts';
import { openTestWorkbench } from '../../support/test-workbench.ts';

const refused =
  'GET http://127.0.0.1:8080/health gave 503: database "clinic" is not currently accepting connections of anybody';

/** Somebody shut the clients of db out, which Host needs and Agent by way of Host. */
function shutOut(agentNeeds: string): Snapshot {
  const canned = cannedSnapshot();
  const [host, agent] = canned.services;
  if (host === undefined || agent === undefined) throw new Error('no services are canned');
  const sick = { health: 'ill', why: refused } as const;
  return {
    ...canned,
    services: [
      { ...host, ...sick, dependsOn: ['db'] },
      { ...agent, ...sick, dependsOn: [agentNeeds] },
      { ...host, id: 'db', role: 'database', dependsOn: [] },
    ],
    problems: [
      {
        id: 'service-host',
        severity: 'error',
        sinceMs: cannedNowMs,
        text: `service "host" is ill: ${refused}`,
        place: 'host',
        hint: 'Reset the services (R).',
      },
      {
        id: 'shut-out-db',
        severity: 'warning',
        sinceMs: cannedNowMs,
        text: 'all clients of the database "clinic" are shut out',
        hint: 'Let them in again: kedge service let-in db',
        shutOut: 'db',
      },
    ],
  };
}

test.each([
  [120, 40],
  [80, 24],
])(
  'while clients are shut out that is said first, whole, and no reset is offered for it, at %ix%i',
  async (columns, rows) => {
    await using fake = await startFakeKedge(shutOut('host'));
    answerEverything(fake);
    fake.answer(serviceLetIn, () => ({ changed: true }));
    await using screen = await openTestWorkbench(fake, { columns, rows });
    await screen.shows('Health          all clients of the database "clinic" are shut out.');
    await screen.shows('Do next         Let them in again: kedge service let-in db');
    expect(screen.text()).not.toContain('plan of a reset');
    expect(screen.text()).not.toMatch(/Why +host/);
    expect(screen.text()).toMatch(/Problems.*all clients of.*service "host" is ill/s);
    expect(screen.text()).not.toContain('Reset the services');
    screen.running.bench.run({ command: 'panel.tab', args: { tab: 'problems' } });
    screen.running.bench.run({ command: 'part.next' });
    screen.press('j');
    await screen.shows(/connections\s+of anybody/);
    await screen.shows(/No reset helps: let the clients of "db" in\s+again/);
  },
);

test('what is ill for another reason is still offered a reset', async () => {
  await using fake = await startFakeKedge(shutOut('clock'));
  answerEverything(fake);
  await using screen = await openTestWorkbench(fake, { columns: 120, rows: 40 });
  await screen.shows('all clients of the database "clinic" are shut out, agent is ill.');
  await screen.shows('R shows the plan of a reset of agent');
});
