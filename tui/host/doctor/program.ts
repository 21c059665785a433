import type { DoctorFinding } from '../../../protocol/domain/doctor.ts';
import { doctorTexts } from '../../texts/texts.ts';
import { kedgeVersion } from '../kedge-version.ts';

const area = 'versions';

/** This program, beside the daemon it talks to; an upgrade may have left an old one running. */
export function programFindings(theirs: string | undefined): readonly DoctorFinding[] {
  const { name, same, other, alone, why, cure } = doctorTexts.program;
  if (theirs === undefined)
    return [{ area, tone: 'ok', thing: name, text: alone(kedgeVersion, process.version) }];
  if (theirs === kedgeVersion) return [{ area, tone: 'ok', thing: name, text: same(kedgeVersion) }];
  return [{ area, tone: 'advice', thing: name, text: other(kedgeVersion, theirs), why, cure }];
}
