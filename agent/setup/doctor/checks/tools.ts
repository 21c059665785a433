import type { DoctorFinding } from '../../../../protocol/domain/doctor.ts';
import type { Config } from '../../../config/config.ts';
import { withoutCapabilities } from '../../../os/capabilities.ts';
import { missingTool } from '../../../restore/recover-machine/find-missing.ts';
import { needsOf } from '../../../services/service-needs.ts';
import type { DoctorFacts } from '../facts.ts';

const area = 'tools';

interface Tool {
  readonly name: string;
  /** What is not done without it. */
  readonly without: string;
  readonly package: string;
  readonly isNeeded: (config: Config) => boolean;
  /** Absent: advice. */
  readonly tone?: 'bad';
}

const hasUnits = ({ services = {} }: Config): boolean =>
  Object.values(services).some(({ manager }) => manager === 'systemd');
const hasServices = (words: RegExp) => (config: Config) =>
  Object.values(config.services ?? {}).some(
    (settings) => settings.role === 'database' && words.test(needsOf(settings).startedBy),
  );

const tools: readonly Tool[] = [
  {
    name: 'getfattr',
    without: 'extended attributes are not in backups',
    package: 'attr',
    isNeeded: () => true,
  },
  {
    name: 'setfattr',
    without: 'extended attributes and ACLs are not brought back',
    package: 'attr',
    isNeeded: () => true,
  },
  {
    name: 'systemctl',
    without: 'no unit can be asked, stopped or started',
    package: 'systemd',
    isNeeded: hasUnits,
    tone: 'bad',
  },
  {
    name: 'journalctl',
    without: 'why a unit failed is not told',
    package: 'systemd',
    isNeeded: hasUnits,
  },
  {
    name: 'setpriv',
    without:
      'no hook, probe or service of yours is started, as they must not have the rights of Kedge',
    package: 'util-linux',
    isNeeded: () => withoutCapabilities(['true'])[0] === 'setpriv',
    tone: 'bad',
  },
  {
    name: 'pg_dump',
    without: 'PostgreSQL can not be dumped by hand or by a command of yours',
    package: 'postgresql-client',
    isNeeded: hasServices(/postgres/i),
  },
  {
    name: 'mariadb-dump',
    without: 'MariaDB can not be dumped by hand or by a command of yours',
    package: 'mariadb-client',
    isNeeded: hasServices(/mariadb|mysql/i),
  },
];

export async function checkTools({ config }: DoctorFacts): Promise<readonly DoctorFinding[]> {
  if (config === undefined) return [];
  const needed = tools.filter(({ isNeeded }) => isNeeded(config));
  return await Promise.all(
    needed.map(async (tool): Promise<DoctorFinding> => {
      const { name: thing, without: why, tone = 'advice' } = tool;
      const missing = await missingTool(thing, why);
      if (missing.length === 0) return { area, tone: 'ok', thing, text: 'installed' };
      const command = `sudo apt-get install ${tool.package}`;
      return { area, tone, thing, text: `not installed: ${why}`, cure: 'Install it.', command };
    }),
  );
}
