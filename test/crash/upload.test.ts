import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { acceptUpload } from '../../agent/backup/accept-upload.ts';
import { describeArchive } from '../../agent/backup/describe-archive.ts';
import type { Config } from '../../agent/config/config.ts';
import { cleanUpPartials, partialName } from '../../agent/stores/local/partials.ts';
import { initStore, openStore } from '../../agent/stores/stores.ts';
import { sampleMembers, writeArchive } from '../support/archives.ts';
import { type Fault, runWithFault } from '../support/enumerate-faults.ts';
import { recordedWork } from '../support/recorded-work.ts';
import { temporaryFolder } from '../support/temp-folder.ts';
import { namesIn, sha256Of } from '../support/transfer-fixture.ts';

test.each<Fault>(['EIO', 'ENOSPC', 'crash'])(
  '%s at any operation of taking an upload in leaves a whole backup or none, and no other is touched',
  async (fault) => {
    const home = temporaryFolder();
    const sent = join(home, 'sent.tar.zst');
    await writeArchive(sent, sampleMembers());
    const sha256 = sha256Of(sent);
    const order = { upload: 'upload-1', store: 'usb', name: 'a.tar.zst', sha256 };
    const seen = { none: 0, whole: 0, kept: 0 };
    for (let k = 1; ; k += 1) {
      const path = join(home, `store ${k}`);
      mkdirSync(path);
      const settings = { kind: 'local', path } as const;
      await initStore('usb', settings);
      writeFileSync(join(path, 'a.tar.zst'), 'another one');
      copyFileSync(sent, join(path, partialName(order.upload)));
      const config = { stores: { usb: settings } } as unknown as Config;
      const faulted = await runWithFault(fault, k, () =>
        acceptUpload(order, config, recordedWork()),
      );
      if (faulted === undefined) break;
      const { where } = faulted;
      // What the daemon does when a job has died.
      if (fault === 'crash') await cleanUpPartials(path, order.upload);
      expect(readFileSync(join(path, 'a.tar.zst'), 'utf8'), where).toBe('another one');
      const others = namesIn(path).filter((name) => name !== 'a.tar.zst');
      // One that could not even be opened is gone on with by the same command, or removed after a day.
      const isKept = others[0] === partialName(order.upload);
      if (isKept) {
        seen.kept += 1;
        expect(sha256Of(join(path, partialName(order.upload))), where).toBe(sha256);
      } else if (others.length === 0) seen.none += 1;
      else {
        seen.whole += 1;
        expect(others, where).toEqual(['a-2.tar.zst']);
        expect(sha256Of(join(path, 'a-2.tar.zst')), where).toBe(sha256);
        await describeArchive(join(path, 'a-2.tar.zst'), 'usb');
      }
      const store = openStore('usb', settings);
      expect((await store.list()).length, where).toBe(1 + (isKept ? 0 : others.length));
    }
    const tried = seen.none + seen.whole + seen.kept;
    process.stderr.write(
      `upload: ${fault} at each of ${tried} operations: ${JSON.stringify(seen)}\n`,
    );
    expect(seen.kept).toBe(fault === 'crash' ? 0 : 1);
    expect(seen.none).toBeGreaterThan(0);
    expect(seen.whole).toBeGreaterThan(0);
  },
);
