import { type Backup, isGood } from '../../protocol/domain/backup.ts';
import type { Destination } from '../../protocol/methods/backup.ts';
import type { DifferentialOrder } from '../backup/backup-order.ts';
import { seenFrom } from '../catalogue/merge-places.ts';
import { placesOf } from './copies/choose-copies.ts';

interface Question {
  readonly backups: readonly Backup[];
  readonly destination: Destination;
  readonly application: string;
  readonly installation: string;
}

/** A differential that takes more of its full than this makes the next one a full. */
const largestShare = 0.5;

/**
 * The full for a differential: the newest good one in the same store; for a folder, in any. Where the newest
 * is damaged or gone an older one is not gone back to: the next differentials would be ever larger.
 */
export function chooseBase(asked: Question): DifferentialOrder {
  const question = { ...asked, backups: asked.backups.map((each) => asItLies(each, asked)) };
  const fulls = question.backups
    .filter((backup) => mayBeBase(backup, question))
    .toSorted((a, b) => b.capturedAtMs - a.capturedAtMs);
  const [newest] = fulls;
  const base = newest !== undefined && isDamaged(newest) ? undefined : fulls.find(isGood);
  const lost = lostFull(question, newest);
  if (lost !== undefined) return { whyFull: lost };
  if (base === undefined) return { whyFull: whyNone(newest, question.destination) };
  if (isOutgrown(base, question.backups)) {
    return { whyFull: 'the last differential was larger than half of its full' };
  }
  return { base: { id: base.id, path: base.path } };
}

/** One that lies in several places is looked at where the differential goes. */
function asItLies(backup: Backup, { destination }: Question): Backup {
  if (destination.kind === 'folder') return backup;
  const there = placesOf(backup).find(({ store }) => store === destination.store);
  return there === undefined ? backup : (seenFrom(backup, there.path) ?? backup);
}

function mayBeBase(backup: Backup, question: Question): boolean {
  // Nobody is there to type a passphrase when a schedule needs it.
  const opens = backup.encryption !== 'passphrase';
  const there = backup.presence === 'present' && backup.kind === 'full' && opens;
  return there && isNear(backup, question);
}

/** Of this application and installation, in the destination's store. */
function isNear(backup: Backup, { destination, application, installation }: Question): boolean {
  const ours = backup.application === application && backup.installation === installation;
  return ours && (destination.kind === 'folder' || backup.store === destination.store);
}

/** A full that only its differentials still tell of here, and that was newer than all there are. */
function lostFull(question: Question, newest: Backup | undefined): string | undefined {
  const near = question.backups.filter((backup) => isNear(backup, question));
  const there = new Set(near.filter((each) => each.presence !== 'missing').map(({ id }) => id));
  const orphan = near
    .filter(({ base }) => base !== undefined)
    .toSorted((a, b) => b.capturedAtMs - a.capturedAtMs)
    .find(({ capturedAtMs }) => capturedAtMs > (newest?.capturedAtMs ?? 0));
  if (orphan?.base === undefined || there.has(orphan.base)) return undefined;
  const { destination } = question;
  const where = destination.kind === 'store' ? `in "${destination.store}" any more` : 'there';
  return `the last full, "${orphan.baseName ?? orphan.base}", is not ${where}`;
}

function isDamaged({ proof, integrity }: Backup): boolean {
  return proof.kind === 'damaged' || integrity === 'damaged';
}

function whyNone(newest: Backup | undefined, destination: Destination): string {
  const where = destination.kind === 'store' ? ` in "${destination.store}"` : '';
  if (newest === undefined) return `there is no full of this application${where}`;
  if (isDamaged(newest)) {
    return `the last full${where}, "${newest.path}", is damaged`;
  }
  return newest.proof.kind === 'sealed'
    ? `the last full${where}, "${newest.path}", is not verified yet`
    : `a source is missing in the last full${where}, "${newest.path}"`;
}

function isOutgrown(base: Backup, backups: readonly Backup[]): boolean {
  const [newest] = backups
    .filter((backup) => backup.base === base.id)
    .toSorted((a, b) => b.capturedAtMs - a.capturedAtMs);
  return newest !== undefined && newest.sizeBytes > largestShare * base.sizeBytes;
}
