import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { configTest } from '../../protocol/methods/config.ts';
import { storePrepare } from '../../protocol/methods/store.ts';
import { answerEverything } from '../support/answer-everything.ts';
import { findSetting, openConfigForm, typeSetting } from '../support/config-form-screen.ts';
import { answerConfig, clinicConfig, type FakeConfig } from '../support/fake-config.ts';
import { type FakeKedge, startFakeKedge } from '../support/fake-kedge.ts';
import { until } from '../support/until.ts';

let fake: FakeKedge;
let file: FakeConfig;
const [enter, esc, clear] = ['\r', '\u001B', '\u0015'];

beforeEach(async () => {
  fake = await startFakeKedge();
  answerEverything(fake);
  file = answerConfig(fake, clinicConfig);
});
afterEach(async () => await fake[Symbol.asyncDispose]());

describe.each([
  { columns: 120, rows: 40 },
  { columns: 80, rows: 24 },
])('in $columns columns', ({ columns, rows }) => {
  test('a source is added: its kind, its name, what it needs, and saved with all comments', async () => {
    await using screen = await openConfigForm(fake, columns, rows);
    await findSetting(screen, 'add a source');
    screen.press(enter);
    await screen.shows('PostgreSQL database');
    screen.press(...'postgres', enter);
    await screen.shows('Small letters, digits');
    screen.press(...'database', enter);
    await screen.shows('There is a "database" already.');
    screen.press(clear, ...'Bad', enter);
    await screen.shows('Small letters, digits');
    screen.press(clear, ...'records', enter);
    await screen.shows('New, not saved yet.');
    await screen.shows('needed');
    screen.press('s');
    await screen.shows('Database is needed.');
    await typeSetting(screen, 'records.database', 'clinic');
    await typeSetting(screen, 'records.user', 'kedge');
    await findSetting(screen, 'password');
    screen.press(enter);
    await screen.shows('Environment variable');
    screen.press(...'credential', enter);
    await screen.shows('Left empty it is not set.');
    screen.press(...'clinic-password', enter);
    await screen.shows('Credential of systemd  clinic-password');
    expect(file.text).toBe(clinicConfig);
    screen.press('s');
    await screen.shows('sources.records: kept.');
    expect(file.text).toBe(
      clinicConfig.replace(
        '["/etc/clinic/clinic.ini"] }',
        `["/etc/clinic/clinic.ini"] },
    "records": {
      "engine": "postgres",
      "database": "clinic",
      "user": "kedge",
      "password": { "credential": "clinic-password" }
    }`,
      ),
    );
    await screen.shows('PostgreSQL database  clinic');
  });

  test('an entry is changed as a whole: what is wrong stands beside it, and nothing is saved before', async () => {
    await using screen = await openConfigForm(fake, columns, rows);
    await findSetting(screen, 'services.host');
    screen.press(enter);
    await screen.shows('As it is saved.');
    await typeSetting(screen, 'needs', 'db, nobody');
    await screen.shows('there is no service "nobody"');
    await screen.shows('Changed, not saved yet.');
    screen.press('s');
    await screen.shows('Not saved:');
    expect(file.text).toBe(clinicConfig);
    await typeSetting(screen, 'needs', 'db');
    await findSetting(screen, 'kind');
    screen.press(enter);
    await screen.shows('Program that Kedge starts');
    screen.press(...'program', enter);
    screen.press(esc);
    await screen.shows('needed');
    await typeSetting(screen, 'command', '/usr/bin/host, "--title=a, b"');
    screen.press(esc);
    await findSetting(screen, 'environment');
    screen.press('a');
    await screen.shows('its name');
    screen.press(...'LANG', enter);
    await screen.shows('Left empty');
    screen.press(...'C.UTF-8', enter);
    await screen.shows('C.UTF-8');
    screen.press('s');
    await screen.shows('services.host: kept.');
    expect(file.text).toContain('"command": ["/usr/bin/host", "--title=a, b"]');
    expect(file.text).toContain('"environment": { "LANG": "C.UTF-8" }');
    expect(file.text).not.toContain('clinic-host.service');
  });

  test('what is removed says what names it, and is taken out there too; what is needed elsewhere stays', async () => {
    await using screen = await openConfigForm(fake, columns, rows);
    await findSetting(screen, 'stores.local');
    screen.press('d');
    await screen.shows('schedules.nightly.store');
    await screen.shows('Name another one there first.');
    screen.press(enter);
    await findSetting(screen, 'stores.external');
    screen.press('d');
    await screen.shows('schedules.nightly.copyTo');
    await screen.shows('Nothing in it is deleted.');
    expect(file.text).toBe(clinicConfig);
    screen.press('\t', enter);
    await screen.shows('stores.external is removed.');
    expect(file.text).toBe(
      clinicConfig
        .replace('}, // on the large disk\n    "external": {', '} // on the large disk\n  GONE')
        .replace(/ {2}GONE.*\n/, '')
        .replace('      "copyTo": "external",\n', ''),
    );
  });

  test('a service gets another name wherever it is named', async () => {
    await using screen = await openConfigForm(fake, columns, rows);
    await findSetting(screen, 'services.db');
    screen.press('r');
    await screen.shows('New name of "db"');
    screen.press(clear, ...'postgres', enter);
    await screen.shows('services.host.dependsOn.0');
    screen.press('\t', enter);
    await screen.shows('services.db is named postgres now.');
    expect(file.text).toBe(
      clinicConfig.replace('["db"]', '["postgres"]').replace('"db": {', '"postgres": {'),
    );
  });
});

test('a destination is copied and changed, tested before it is saved, and marked after', async () => {
  const asked: unknown[] = [];
  fake.answer(configTest, ({ changes, name }) => {
    asked.push([name, changes]);
    return {
      findings: [
        {
          area: 'destinations' as const,
          tone: 'bad' as const,
          thing: 'destination "nas"',
          text: 'there is no Kedge marker in "/mnt/nas"',
          command: 'kedge destination prepare nas',
        },
      ],
    };
  });
  fake.answer(storePrepare, ({ store }) => ({ store, path: '/mnt/nas', id: '1', created: true }));
  await using screen = await openConfigForm(fake, 80, 24);
  await findSetting(screen, 'stores.external');
  screen.press('c');
  await screen.shows('Name of the copy of "external"');
  screen.press(clear, ...'nas', enter);
  await screen.shows('New, not saved yet.');
  await typeSetting(screen, 'nas.path', '/mnt/nas');
  screen.press('t');
  await screen.shows('there is no Kedge marker');
  await screen.shows('$ kedge destination prepare nas');
  const value = { kind: 'local', path: '/mnt/nas', removable: true };
  expect(asked).toEqual([['nas', [{ kind: 'set', path: ['stores', 'nas'], value }]]]);
  screen.press(enter, 's');
  await screen.shows('A new destination');
  expect(file.text).toContain(
    `"nas": ${'{ "kind": "local", "path": "/mnt/nas", "removable": true }'}`,
  );
  screen.press('\t', enter);
  await until(() => fake.calls.some(({ method }) => method === storePrepare.name));
});

test('an item of a list has a page of its own, from which one comes back', async () => {
  await using screen = await openConfigForm(fake, 80, 24);
  await findSetting(screen, 'services.host');
  screen.press(enter);
  await screen.shows('+ Add a question to it');
  await findSetting(screen, 'add a question');
  screen.press(enter);
  await screen.shows('TCP port');
  screen.press(...'tcp', enter);
  await screen.shows('services / host / probes / 1');
  await typeSetting(screen, '1.port', '5432');
  screen.press(esc, esc);
  await screen.shows('Question 2');
  await screen.shows('TCP port  5432');
  await findSetting(screen, 'question 1');
  screen.press('d');
  screen.press(esc, 's');
  await screen.shows('services.host: kept.');
  expect(file.text).toContain('"probes": [{ "kind": "tcp", "port": 5432 }]');
});

test('by the mouse alone: an entry is opened, copied, changed, saved and removed; only names are typed', async () => {
  await using screen = await openConfigForm(fake, 80, 24);
  const click = async (text: string, times = 1, from = 0): Promise<void> => {
    await screen.settled();
    const row = screen.rows().findIndex((one, n) => n >= from && one.includes(text));
    const column = screen.rows()[row]?.indexOf(text) ?? -1;
    expect(column, `"${text}" on\n${screen.text()}`).toBeGreaterThanOrEqual(0);
    for (let n = 0; n < times; n++) screen.press(`\u001B[<0;${column + 2};${row + 1}M`);
  };
  await click('/mnt/usb', 2);
  await screen.shows('As it is saved.');
  await click('[ Copy ]');
  await screen.shows('Name of the copy');
  screen.press(enter);
  await screen.shows('stores / external-2');
  await click('A drive that comes and goes', 2);
  await screen.shows('not set: as it is without');
  await click(' off');
  await screen.shows(/A drive that comes and goes +off/);
  await click('[ Save ]');
  await screen.shows('A new destination');
  await click('[ Later ]');
  expect(file.text).toContain(
    '"external-2": { "kind": "local", "path": "/mnt/usb", "removable": false }',
  );
  await click('external-2', 2);
  await screen.shows('As it is saved.');
  await click('[ Remove ]');
  await screen.shows('Nothing in it is deleted.');
  // The one of the question, not of the page below it.
  await click('[ Remove ]', 1, 8);
  await screen.shows('stores.external-2 is removed.');
  expect(file.text).toBe(clinicConfig);
});
