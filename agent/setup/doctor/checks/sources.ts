import type { DoctorFinding } from '../../../../protocol/domain/doctor.ts';
import { wordFailure } from '../../../../protocol/failures.ts';
import type { SourceSettings } from '../../../config/config.ts';
import { wordBytes } from '../../../os/word-bytes.ts';
import { openSource } from '../../../sources/source-kinds.ts';
import { untilAnswering } from '../answering.ts';
import type { DoctorFacts } from '../facts.ts';

const area = 'permissions';

/** Every source looked at as before a backup. */
export async function checkSources(
  { config }: Pick<DoctorFacts, 'config'>,
  signal: AbortSignal,
): Promise<readonly DoctorFinding[]> {
  const sources = Object.entries(config?.sources ?? {});
  const found = await Promise.all(
    sources.map(async ([name, settings]) => await checkSource(name, settings, signal)),
  );
  return found.flat();
}

async function checkSource(
  name: string,
  settings: SourceSettings,
  signal: AbortSignal,
): Promise<readonly DoctorFinding[]> {
  const source = openSource(name, settings);
  const thing = `source "${name}"`;
  await untilAnswering(source.paths);
  const { problem, warnings, files, contentBytes } = await source.preflight(signal);
  if (problem !== undefined) {
    const { message, hint } = wordFailure(problem);
    const why = 'It is missing in every backup.';
    const { cure, command } = cureOf(problem.code, hint);
    return [{ area, tone: 'bad', thing, text: message, why, cure, command }];
  }
  const told = warnings.map((warning): DoctorFinding => {
    // Many begin with whose they are.
    const text = warning.replace(`${thing}: `, '');
    return { area, tone: 'advice', thing, text };
  });
  if (told.length > 0) return told;
  const text = `readable: ${files} ${files === 1 ? 'file' : 'files'}, ${wordBytes(contentBytes)}`;
  return [{ area, tone: 'ok', thing, text }];
}

function cureOf(code: string, hint: string | undefined): { cure: string; command: string } {
  switch (code) {
    case 'source-unreadable':
      return { cure: granted, command: 'sudo kedge install' };
    case 'database-unreachable':
      return { cure: hint ?? started, command: 'kedge service list' };
    default:
      return { cure: hint ?? corrected, command: 'kedge config edit' };
  }
}

const started = 'Start its server, or correct in the configuration where it listens.';
const granted =
  'Install Kedge as a service, or once more: it gets the rights that its configuration needs.';
const corrected = 'Bring it back, or correct its path in the configuration.';
