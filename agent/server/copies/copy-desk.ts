import { basename, dirname } from 'node:path';
import type { Backup } from '../../../protocol/domain/backup.ts';
import type { CopyDesk, MadeCopy } from '../../backup/copies/copy-order.ts';
import { exists, isSameFile, removeFile, syncFolder } from '../../os/files.ts';
import { openStore } from '../../stores/stores.ts';
import type { Daemon } from '../daemon.ts';
import { noteLocked } from '../describe-listed.ts';
import { ofRestores, readNow } from '../leases.ts';
import { placesOf } from './choose-copies.ts';

/** What this daemon does for one job that copies. */
export function copyDesk(daemon: Daemon, job: number): CopyDesk {
  return {
    copied: async (made) => await list(daemon, made),
    async letGo(id, near, far) {
      const backup = daemon.backups.get(id);
      const why =
        backup === undefined ? 'it is not listed any more' : whyItStays(daemon, job, backup, far);
      if (backup === undefined || why !== undefined) return why;
      // With it both places would be empty.
      if (await isSameFile(near, far)) return `"${far}" is the same file`;
      await removeNear(daemon, backup, near);
      return undefined;
    },
  };
}

async function list(daemon: Daemon, made: MadeCopy): Promise<void> {
  const { path, store, proof } = made;
  const known = daemon.backups.get(made.backup) ?? made.record;
  if (known === undefined) return await daemon.backups.refresh();
  const { store: _, copies: __, away: ___, ...record } = known;
  const placed: Backup = { ...record, path, presence: 'present', ...foundIn(proof) };
  const backup: Backup = store === undefined ? placed : { ...placed, store };
  noteProof(daemon, made);
  await noteLocked(backup, daemon.state.locked);
  daemon.backups.add(backup);
}

function foundIn({ proof, integrity, sha256 }: MadeCopy['proof']): Partial<Backup> {
  if (proof === undefined || integrity === undefined) return {};
  return { proof, integrity, ...(sha256 === undefined ? {} : { sha256 }) };
}

function noteProof({ state }: Daemon, { backup, proof: found }: MadeCopy): void {
  const { proof, integrity, integrityProblem, sha256 } = found;
  if (proof === undefined || integrity === undefined) return;
  state.proofs.set(backup, {
    proof,
    integrity,
    ...(integrityProblem === undefined ? {} : { problem: integrityProblem }),
    ...(sha256 === undefined ? {} : { sha256 }),
  });
}

/** Why the near file of a moved backup is not removed; undefined: it may be. */
function whyItStays(daemon: Daemon, job: number, backup: Backup, far: string): string | undefined {
  const places = placesOf(backup);
  if (!places.some(({ path, presence }) => path === far && presence === 'present')) {
    return `it is not at "${far}" any more`;
  }
  if (ofRestores(daemon).includes(backup.id)) {
    return 'it is the safety backup of a restore, and goes with its undo (kedge undo list)';
  }
  if (readNow(daemon, job).has(backup.id)) return 'a job is reading it';
  return whyNeeded(daemon, backup, far);
}

/** Its full at the far end serves those that came along; others would lose theirs with the drive. */
function whyNeeded({ backups }: Daemon, { id }: Backup, far: string): string | undefined {
  const staying = backups
    .all()
    .filter(({ base, presence }) => base === id && presence !== 'missing')
    .filter((other) => placesOf(other).every(({ path }) => dirname(path) !== dirname(far)));
  const [first] = staying;
  if (first === undefined) return undefined;
  const more = staying.length === 1 ? '' : ` and ${staying.length - 1} more`;
  return `the differential "${basename(first.path)}"${more} stays and needs it`;
}

async function removeNear(daemon: Daemon, backup: Backup, near: string): Promise<void> {
  const place = placesOf(backup).find(({ path }) => path === near);
  const settings = daemon.config().stores[place?.store ?? ''];
  if (place?.store !== undefined && settings !== undefined) {
    await openStore(place.store, settings).remove(near);
  } else if (await exists(dirname(near))) {
    await removeFile(near);
    await syncFolder(dirname(near));
  }
  if (place !== undefined) daemon.backups.forget({ ...backup, path: near });
}
