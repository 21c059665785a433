import { lstat } from 'node:fs/promises';
import type { DoctorFinding } from '../../../../protocol/domain/doctor.ts';
import { hasCapability } from '../../../os/capabilities.ts';
import { placeProblems } from '../../../restore/preflight.ts';
import { restoreOf } from '../../../sources/restore-kinds.ts';
import { untilAnswering } from '../answering.ts';
import type { DoctorFacts } from '../facts.ts';

const area = 'permissions';

/** Whether a restore could put every source where it lies, tried without changing anything. */
export async function checkRestorable(
  { config }: DoctorFacts,
  signal: AbortSignal,
): Promise<readonly DoctorFinding[]> {
  const sources = await Promise.all(
    Object.entries(config?.sources ?? {}).map(async ([name, settings]) => {
      const { livePaths, exchangesMounts, inPlace, rights } = restoreOf(name, settings);
      const paths = await livePaths();
      await untilAnswering(paths);
      const live = { exchangesMounts: exchangesMounts === true, inPlace: inPlace === true };
      return { name, paths, lacking: (await rights?.(signal)) ?? [], ...live };
    }),
  );
  const found = await Promise.all(
    sources.map(async (source): Promise<DoctorFinding> => {
      const thing = `restore of "${source.name}"`;
      const { lacking } = source;
      if (lacking.length > 0) {
        const text = lacking.join('; ');
        const why = 'A restore would be refused when it is needed.';
        return { area, tone: 'bad', thing, text, why, cure: bySql };
      }
      const problems = await placeProblems(source);
      if (problems.length > 0) {
        const text = problems.join('; ');
        const why = 'A restore would be refused when it is needed.';
        return { area, tone: 'bad', thing, text, why, ...byRoot };
      }
      if (await belongsToOthers(source.paths)) {
        const text = 'restored files would belong to the user that Kedge runs as';
        const why = 'The application may not be able to open what came back.';
        return { area, tone: 'advice', thing, text, why, ...byRoot };
      }
      return { area, tone: 'ok', thing, text: 'Kedge may put it back' };
    }),
  );
  return found;
}

const bySql =
  'Start the server where it is down; else give the role of Kedge what it lacks, as its superuser.';

const byRoot = {
  cure: 'Install Kedge as a service, or once more: it gets the rights that its configuration needs.',
  command: 'sudo kedge install',
};

async function belongsToOthers(paths: readonly string[]): Promise<boolean> {
  if (hasCapability('chown')) return false;
  const stats = await Promise.all(
    paths.map(async (path) => await lstat(path).catch(() => undefined)),
  );
  return stats.some((found) => found !== undefined && found.uid !== process.geteuid?.());
}
