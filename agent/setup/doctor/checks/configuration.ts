import { stat } from 'node:fs/promises';
import type { DoctorFinding } from '../../../../protocol/domain/doctor.ts';
import { KedgeError } from '../../../../protocol/failures.ts';
import type { DoctorFacts } from '../facts.ts';
import { stands } from '../of-problem.ts';
import { shellWord } from '../shell-word.ts';

const area = 'configuration';

/** What is wrong in it stands among the problems; here: that it is there, and who may change it. */
export async function checkConfiguration({
  config,
  places,
  problems,
}: DoctorFacts): Promise<readonly DoctorFinding[]> {
  const thing = places.config;
  if (config === undefined && !stands(problems, 'config-')) {
    const { message: text } = new KedgeError('config-missing', { path: thing });
    const why = 'Nothing is protected until then.';
    const command = 'kedge init';
    return [{ area, tone: 'bad', thing, text, why, cure: 'Answer a few questions.', command }];
  }
  const mode = ((await stat(thing).catch(() => undefined))?.mode ?? 0) & 0o777;
  const shown = `mode ${mode.toString(8)}`;
  if ((mode & 0o002) !== 0) {
    const text = `everybody can change it (${shown})`;
    const why = 'Who can change it can have Kedge run commands.';
    const cure = { cure: 'Close it.', command: `chmod o-rw ${shellWord(thing)}` };
    return [{ area, tone: 'bad', thing, text, why, ...cure }];
  }
  if (stands(problems, 'config-')) return [];
  if ((mode & 0o004) !== 0) {
    const text = `valid; everybody can read it (${shown})`;
    const why = 'It says where everything lies, and how services are started.';
    const cure = { cure: 'Close it.', command: `chmod o-r ${shellWord(thing)}` };
    return [{ area, tone: 'advice', thing, text, why, ...cure }];
  }
  return [{ area, tone: 'ok', thing, text: `valid and in force (${shown})` }];
}
