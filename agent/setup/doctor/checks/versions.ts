import { arch, release } from 'node:os';
import type { DoctorFinding } from '../../../../protocol/domain/doctor.ts';
import { engineVersion } from '../../../sources/source-kinds.ts';
import type { DoctorFacts } from '../facts.ts';

const area = 'versions';

export function checkVersions({ kedgeVersion, config }: DoctorFacts): readonly DoctorFinding[] {
  const engines = new Set(Object.values(config?.sources ?? {}).map(({ engine }) => engine));
  const things = [
    ['Kedge', kedgeVersion],
    ['Node', process.version],
    ['kernel', `${release()} ${arch()}`],
    ...(engines.has('sqlite') ? [['SQLite', engineVersion('sqlite')] as const] : []),
  ] as const;
  return things.map(([thing, text]) => ({ area, tone: 'ok', thing, text }));
}
