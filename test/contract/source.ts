import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Source } from '../../agent/sources/source.ts';
import { wordFailure } from '../../protocol/failures.ts';
import { recordedWork } from '../support/recorded-work.ts';
import { type TakenMember, takeMembers } from '../support/take-members.ts';
import { temporaryFolder } from '../support/temp-folder.ts';

export interface SourceFixture {
  /** With at least one member of less than 1 MiB. */
  readonly source: Source;
  /** Of the same engine, with nothing where it looks. */
  readonly missing: Source;
  /** Files of the live data, which a capture must not change. */
  readonly live: readonly string[];
  /** Compares what was taken with what is live. */
  check(members: readonly TakenMember[]): void;
  /** What a server writes is only known when it is written. */
  readonly isEstimated?: true;
}

/** What every engine must hold. `make` lays out live data in a folder, nobody writing to it. */
export function sourceContract(
  engine: string,
  make: (folder: string) => SourceFixture,
  run: typeof test | typeof test.skip = test,
): void {
  describe(`source contract: ${engine}`, () => {
    run('the members of a capture are the live data, under the name of the source', async () => {
      const { source, check } = make(temporaryFolder());
      const { members, gaps } = await takeMembers(source, recordedWork());
      const names = members.map(({ name }) => name);
      const inside = names.filter(
        (name) => name === source.name || name.startsWith(`${source.name}/`),
      );
      expect({ gaps, inside }).toEqual({ gaps: [], inside: names });
      check(members);
    });

    run('preflight foretells the bytes and files of the capture', async () => {
      const { source, isEstimated } = make(temporaryFolder());
      const { signal } = recordedWork();
      const { contentBytes, files, problem } = await source.preflight(signal);
      if (isEstimated === true) {
        expect({ problem, isMuch: contentBytes > 0, hasFiles: files > 0 }).toEqual({
          problem: undefined,
          isMuch: true,
          hasFiles: true,
        });
        return;
      }
      const { members } = await takeMembers(source, recordedWork());
      expect({ contentBytes, files, problem }).toEqual({
        contentBytes: members.reduce((sum, { content }) => sum + content.length, 0),
        files: members.filter(({ header }) => header.kind === 'file' || header.kind === 'hardlink')
          .length,
        problem: undefined,
      });
    });

    run('a capture that is disposed leaves nothing in scratch', async () => {
      const { source } = make(temporaryFolder());
      const work = recordedWork();
      await takeMembers(source, work);
      expect(readdirSync(work.scratch)).toEqual([]);
    });

    run('a capture changes no byte of the live data', async () => {
      const { source, live } = make(temporaryFolder());
      const before = live.map(hashOf);
      await takeMembers(source, recordedWork());
      expect(live.map(hashOf)).toEqual(before);
    });

    run(
      'a source that is not there is an answer of preflight and a refusal of capture',
      async () => {
        const { missing } = make(temporaryFolder());
        const { signal } = recordedWork();
        const { problem } = await missing.preflight(signal);
        expect(problem?.code).toBe('source-missing');
        const words = problem === undefined ? '' : wordFailure(problem).message;
        await expect(missing.capture(recordedWork())).rejects.toThrow(words);
      },
    );

    run('a cancelled capture ends at once and leaves nothing in scratch', async () => {
      const { source } = make(temporaryFolder());
      const work = recordedWork();
      work.cancel();
      await expect(takeMembers(source, work)).rejects.toThrow('aborted');
      expect(readdirSync(work.scratch)).toEqual([]);
    });
  });
}

function hashOf(path: string): string {
  return createHash('sha256').update(readFileSync(path)).digest('hex');
}
