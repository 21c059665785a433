import type { DoctorFinding } from '../../../../protocol/domain/doctor.ts';
import type { DoctorFacts } from '../facts.ts';
import { stands } from '../of-problem.ts';
import { wordAge } from '../word-age.ts';

const area = 'keys';

export function checkKeys({ config, key, problems, nowMs }: DoctorFacts): readonly DoctorFinding[] {
  if (config === undefined || stands(problems, 'encryption', 'recovery-key')) return [];
  if (!key.enabled) {
    return [
      {
        area,
        tone: 'advice',
        thing: 'encryption',
        text: 'backups are not encrypted',
        why: 'Who gets hold of a drive with backups can read all that is in them.',
        cure: 'Make a recovery key and keep it elsewhere.',
        command: 'kedge key create',
      },
    ];
  }
  const at = key.provenAtMs;
  const checked = at === undefined ? 'was never checked' : `was last checked ${wordAge(nowMs, at)}`;
  return [{ area, tone: 'ok', thing: 'encryption', text: `on; the recovery key ${checked}` }];
}
