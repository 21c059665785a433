import { hash } from 'node:crypto';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openArchive } from '../../agent/archive/archive-reader.ts';
import { openFileReader } from '../../agent/archive/file-reader.ts';
import { FrameReader } from '../../agent/archive/frame-reader.ts';
import { verifyArchive } from '../../agent/archive/verify-archive.ts';
import { identity, sampleMembers, signal, writeArchive } from '../support/archives.ts';
import { tempFolder } from '../support/temp-folder.ts';

describe.each([1, 2])('of format %i', (format) => {
  /** Made once by `node test/support/make-format-sample.ts FILE`; never made again. */
  const sample = join(import.meta.dirname, `../archives/v${format}/full.tar.zst`);

  test('the full that was kept is sound and tells who it is', async () => {
    await using reader = await openFileReader(sample);
    const verified = await verifyArchive(reader, signal, () => undefined);
    const archive = await openArchive(reader);
    expect(verified).toMatchObject({ members: 14, contentBytes: archive.header.contentBytes });
    expect(archive.header).toMatchObject({
      format,
      backupId: identity.backupId,
      kind: 'full',
      capturedAtNs: identity.capturedAtNs,
      outcome: 'complete',
    });
    expect(await archive.text('.kedge/application.jsonc')).toBe(identity.applicationConfig);
  });

  test('every member of the kept full has the content it was made with', async () => {
    const expected = new Map(
      [...sampleMembers()].map(({ header, content }) => [header.name.toString('latin1'), content]),
    );
    await using reader = await openFileReader(sample);
    const archive = await openArchive(reader);
    const found = new Map<string, unknown>();
    for await (const member of archive.members()) {
      const parts: Buffer[] = [];
      for await (const part of archive.content(member, signal)) parts.push(Buffer.from(part));
      found.set(member.name.toString('latin1'), Buffer.concat(parts));
    }
    expect(found).toEqual(expected);
  });

  test('what is written today has the same tar as the kept full, its sums included', async () => {
    using folder = tempFolder();
    const path = join(folder.path, 'full.tar.zst');
    await writeArchive(path, sampleMembers());
    expect(await framesOf(path)).toEqual(await framesOf(sample));
  });
});

/** The hashes of all frame contents; compressed bytes may differ from one zstd to the next. */
async function framesOf(path: string): Promise<readonly unknown[]> {
  await using reader = await openFileReader(path);
  const { end } = await openArchive(reader);
  const frames = new FrameReader(reader, end.frames);
  const found: unknown[] = [];
  for await (const { content } of frames.readAhead(0, end.tailFrame)) {
    found.push({ contentSize: content.length, sha256: hash('sha256', content) });
  }
  return found;
}
