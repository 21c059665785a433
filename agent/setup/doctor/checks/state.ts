import { stat } from 'node:fs/promises';
import type { DoctorFinding } from '../../../../protocol/domain/doctor.ts';
import { errorMessage } from '../../../os/error-code.ts';
import { probeWritableFolder } from '../../../os/probe.ts';
import type { DoctorFacts } from '../facts.ts';
import { shellWord } from '../shell-word.ts';

const area = 'permissions';

/** Plans and undos tell of the data. */
export async function checkState({ places }: DoctorFacts): Promise<readonly DoctorFinding[]> {
  const thing = places.state;
  try {
    probeWritableFolder(thing);
  } catch (error) {
    const text = `Kedge's own records can not be written: ${errorMessage(error)}`;
    const command = `sudo chown -R ${process.getuid?.()} ${shellWord(thing)}`;
    const why = 'Without its records Kedge can do nothing.';
    return [{ area, tone: 'bad', thing, text, why, cure: 'Give the folder back to it.', command }];
  }
  const mode = (await stat(thing)).mode & 0o777;
  if ((mode & 0o077) === 0)
    return [{ area, tone: 'ok', thing, text: "Kedge's own records: writable, and its alone" }];
  return [
    {
      area,
      tone: 'advice',
      thing,
      text: `Kedge's own records can be read by others (mode ${mode.toString(8)})`,
      why: 'Plans and undos tell of the data.',
      cure: 'Close the folder.',
      command: `chmod 700 ${shellWord(thing)}`,
    },
  ];
}
