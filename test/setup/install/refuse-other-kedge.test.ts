import { expect, test } from 'vitest';
import type { Config } from '../../../agent/config/config.ts';
import { holdOwnership } from '../../../agent/server/ownership.ts';
import { refuseOtherKedge } from '../../../agent/setup/install/refuse-other-kedge.ts';
import { temporaryFolder } from '../../support/temp-folder.ts';

test('a Kedge that protects the same source is named by its process', async () => {
  const config: Config = {
    application: { id: 'clinic', name: 'Clinic' },
    sources: { uploads: { engine: 'files', path: temporaryFolder() } },
    stores: {},
  };
  await refuseOtherKedge(config);
  await using owner = holdOwnership();
  await owner.own(config);
  await expect(refuseOtherKedge(config)).rejects.toThrow(
    `another Kedge (process ${process.pid}) protects source "uploads"`,
  );
});
