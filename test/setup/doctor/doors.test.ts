import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Config } from '../../../agent/config/config.ts';
import { checkDoors } from '../../../agent/setup/doctor/checks/doors.ts';
import { tempFolder } from '../../support/temp-folder.ts';

function configWith(socket: string, group?: string): Config {
  return Config.parse({
    application: { id: 'shop', name: 'Shop' },
    sources: {},
    stores: {},
    operators: { socket, ...(group === undefined ? {} : { group }) },
  });
}

test('of a socket for others it is said whether they reach it, and who they are', async () => {
  using folder = tempFolder();
  const door = join(folder.path, 'door');
  mkdirSync(door, { mode: 0o700 });
  chmodSync(folder.path, 0o711);
  const socket = join(door, 'operator.sock');
  const look = async (group?: string) =>
    await checkDoors({ config: configWith(socket, group), problems: [] });

  expect(await look('nogroup')).toMatchObject([
    { tone: 'advice', thing: socket, command: `chmod o+x '${door}'` },
  ]);
  chmodSync(door, 0o711);
  expect(await look('nogroup')).toMatchObject([
    { tone: 'ok', text: 'operators come in, by the group "nogroup"' },
  ]);
  expect(await look()).toMatchObject([{ tone: 'advice', command: 'kedge config edit' }]);

  const problem = { id: 'operator-socket', severity: 'warning', sinceMs: 0, text: '' } as const;
  const config = configWith(socket, 'nogroup');
  expect(await checkDoors({ config, problems: [problem] })).toEqual([]);
});
