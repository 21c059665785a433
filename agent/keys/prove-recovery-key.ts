import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { KedgeError } from '../../protocol/failures.ts';
import { ageOutput } from '../archive/age/age-output.ts';
import { fileOutput } from '../archive/archive-output.ts';
import { openArchive } from '../archive/archive-reader.ts';
import { openArchiveWriter } from '../archive/archive-writer.ts';
import { openArchiveFile } from '../archive/open-archive-file.ts';
import { createFile, makeFolder, removeFile, syncFile } from '../os/files.ts';
import { keysFolder, makeIdentity } from './identity.ts';
import { type ProvenKey, saveProven } from './proven.ts';
import { parseSecretKey, recipientOf } from './secret-key.ts';
import type { EncryptionSettings } from './settings.ts';

export interface ProofOrder {
  readonly stateFolder: string;
  /** As typed. */
  readonly recoveryKey: string;
  readonly settings: EncryptionSettings | undefined;
  /** Another recovery key than the configured one is to take its place. */
  readonly replace: boolean;
  readonly nowMs: number;
}

/**
 * Writes an archive as backups are written from now on, and opens it with nothing but the secret key that was
 * typed. Only what this proves is written down. The key itself is not kept.
 */
export async function proveRecoveryKey(order: ProofOrder, signal: AbortSignal): Promise<ProvenKey> {
  const { stateFolder, settings, nowMs } = order;
  const secret = parseSecretKey(order.recoveryKey);
  const recoveryKey = await recipientOf(secret);
  if (settings !== undefined && settings.recoveryKey !== recoveryKey && !order.replace) {
    throw new KedgeError('key-wrong', { expected: settings.recoveryKey, found: recoveryKey });
  }
  const own = settings?.writeOnly === true ? undefined : await makeIdentity(stateFolder, nowMs);
  const recipients = [recoveryKey, ...(own === undefined ? [] : [own.recipient])];
  const path = join(keysFolder(stateFolder), 'test.tar.zst.age');
  await makeFolder(keysFolder(stateFolder));
  await removeFile(path);
  const text = randomBytes(32).toString('hex');
  try {
    await writeTestArchive(path, recipients, text, signal);
    for (const identity of [secret, ...(own === undefined ? [] : [own.secret])]) {
      await refuseOther(path, identity, text);
    }
  } finally {
    await removeFile(path);
  }
  const proven = { recoveryKey, atMs: nowMs };
  await saveProven(stateFolder, proven);
  return proven;
}

async function writeTestArchive(
  path: string,
  recipients: readonly string[],
  text: string,
  signal: AbortSignal,
): Promise<void> {
  await using file = await createFile(path);
  const output = await ageOutput(fileOutput(file, path), { kind: 'recipients', recipients });
  const identity = {
    backupId: 'test',
    installation: 'test',
    host: 'test',
    application: { id: 'test', name: 'Test of the recovery key' },
    capturedAtNs: 0n,
    zone: 'UTC',
    kind: 'full',
    origin: 'manual',
    toolVersion: 'test',
    engines: {},
    applicationConfig: text,
  } as const;
  await using writer = await openArchiveWriter(output, path, identity, signal);
  await writer.finish({ outcome: 'complete', gaps: [] });
  await syncFile(file, path);
}

async function refuseOther(path: string, secret: string, text: string): Promise<void> {
  await using reader = await openArchiveFile(path, { identities: [secret] });
  const found = await (await openArchive(reader)).text('.kedge/application.jsonc');
  if (found === text) return;
  throw new KedgeError('archive-damaged', { path, problem: 'it does not hold what was written' });
}
