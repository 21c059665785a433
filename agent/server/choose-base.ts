import { type Backup, isGood } from '../../protocol/domain/backup.ts';
import type { Destination } from '../../protocol/methods/backup.ts';
import type { DifferentialOrder } from '../backup/backup-order.ts';

interface Question {
  readonly backups: readonly Backup[];
  readonly destination: Destination;
  readonly application: string;
  readonly installation: string;
}

/** A differential that takes more of its full than this makes the next one a full. */
const largestShare = 0.5;

/** The full for a differential: the newest good one in the same store; for a folder, in any. */
export function chooseBase(question: Question): DifferentialOrder {
  const fulls = question.backups
    .filter((backup) => mayBeBase(backup, question))
    .toSorted((a, b) => b.capturedAtMs - a.capturedAtMs);
  const base = fulls.find(isGood);
  const [newest] = fulls;
  if (base === undefined) return { whyFull: whyNone(newest, question.destination) };
  if (isOutgrown(base, question.backups)) {
    return { whyFull: 'the last differential was larger than half of its full' };
  }
  return { base: { id: base.id, path: base.path } };
}

function mayBeBase(backup: Backup, { destination, application, installation }: Question): boolean {
  const ours = backup.application === application && backup.installation === installation;
  // Nobody is there to type a passphrase when a schedule needs it.
  const opens = backup.encryption !== 'passphrase';
  const there = backup.presence === 'present' && backup.kind === 'full' && opens;
  const near = destination.kind === 'folder' || backup.store === destination.store;
  return ours && there && near;
}

function whyNone(newest: Backup | undefined, destination: Destination): string {
  const where = destination.kind === 'store' ? ` in "${destination.store}"` : '';
  if (newest === undefined) return `there is no full of this application${where}`;
  if (newest.proof.kind === 'damaged' || newest.integrity === 'damaged') {
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
