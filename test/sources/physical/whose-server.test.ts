import { chownSync, mkdirSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { printFacts } from '../../../agent/sources/physical/server-facts.ts';
import type { FolderUser, ServerKind } from '../../../agent/sources/physical/server-kind.ts';
import { trialOfServer } from '../../../agent/sources/physical/try-server.ts';
import { recordedWork } from '../../support/recorded-work.ts';
import { missing } from '../../support/require-tool.ts';
import { temporaryFolder } from '../../support/temp-folder.ts';

const testAsRoot = process.geteuid?.() === 0 ? test : missing('root');
const nobody = { uid: 65_534, gid: 65_534 };
const unused = async (): Promise<never> => {
  throw new Error('is not asked');
};

testAsRoot(
  'who runs a server on a copy is said by the live folder, never root by an archive',
  async () => {
    const folder = temporaryFolder();
    const unpacked = join(folder, 'drill', 'unpacked', 'db');
    const data = join(unpacked, 'data');
    mkdirSync(data, { recursive: true });
    const facts = { format: 1, product: 'MariaDB', server: '10.11.19', dataFolder: '/d' } as const;
    writeFileSync(
      join(unpacked, 'server.json'),
      printFacts({ ...facts, databases: [], settings: {} }),
    );
    const ranAs: FolderUser[] = [];
    const live = join(folder, 'live');
    const kind: ServerKind = {
      engine: 'mariadb-server',
      server: 'mariadb',
      product: 'MariaDB',
      data: live,
      startBytes: 0,
      runningOn: unused,
      findings: unused,
      prove: async ({ user }) => {
        ranAs.push(user);
        return [];
      },
    };
    const drill = async () => await trialOfServer('db', kind).run(unpacked, 'here', recordedWork());
    const found = await drill();
    expect(found.problems).toEqual([]);
    expect(found.notes).toEqual([expect.stringContaining('as root no server is started')]);
    expect(ranAs).toEqual([]);

    mkdirSync(live);
    chownSync(live, nobody.uid, nobody.gid);
    await drill();
    expect(ranAs).toEqual([nobody]);

    // The folder counts, not the link that leads to it, which is root's.
    renameSync(live, `${live}.far`);
    symlinkSync(`${live}.far`, live);
    await drill();
    expect(ranAs).toEqual([nobody, nobody]);

    chownSync(`${live}.far`, 0, 0);
    chownSync(data, 0, 0);
    expect((await drill()).notes).toEqual([expect.stringContaining('as root no server is')]);
    chownSync(data, 7, 7);
    await drill();
    expect(ranAs).toEqual([nobody, nobody, { uid: 7, gid: 7 }]);
  },
);
