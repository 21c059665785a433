import type { DoctorFinding } from '../../../../protocol/domain/doctor.ts';
import type { SpacePlace } from '../../../../protocol/domain/space.ts';
import { filesLeftOf } from '../../../os/files.ts';
import { wordBytes } from '../../../os/word-bytes.ts';
import type { DoctorFacts } from '../facts.ts';

const area = 'space';
const littlePart = 0.05;
/** A restore and its undo make as many files as the uploads are. */
const littleFiles = 0.02;

/** What will be full soon stands among the problems; here: every place as it is. */
export async function checkSpace({ space }: DoctorFacts): Promise<readonly DoctorFinding[]> {
  const there = space.filter(({ state }) => state === 'online');
  return await Promise.all(there.map(async (place) => await checkPlace(place)));
}

async function checkPlace(place: SpacePlace): Promise<DoctorFinding> {
  const { path, freeBytes = 0, totalBytes = 0, trashBytes, undoBytes } = place;
  const text = [
    `${wordBytes(freeBytes)} of ${wordBytes(totalBytes)} free`,
    trashBytes === 0 ? '' : `${wordBytes(trashBytes)} in the trash`,
    undoBytes === 0 ? '' : `${wordBytes(undoBytes)} kept for undos`,
  ]
    .filter((part) => part !== '')
    .join(', ');
  const cure = { cure: 'See what may go, and what each gives.', command: 'kedge space' };
  const why = 'A backup, and a restore before it exchanges anything, fail where there is no room.';
  const files = await filesLeftOf(path);
  if (files !== undefined && files.free < files.total * littleFiles) {
    const left = `${files.free} of ${files.total} files can still be made`;
    return { area, tone: 'bad', thing: path, text: left, why, ...cure };
  }
  return freeBytes < totalBytes * littlePart
    ? { area, tone: 'advice', thing: path, text, why, ...cure }
    : { area, tone: 'ok', thing: path, text };
}
