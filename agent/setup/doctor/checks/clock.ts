import type { DoctorFinding } from '../../../../protocol/domain/doctor.ts';
import { runCommand } from '../../../os/run-command.ts';
import type { DoctorFacts } from '../facts.ts';

const area = 'clock';
const toolMs = 5_000;

/** That it jumped stands among the problems; here: whether somebody sets it, and which zones are at work. */
export async function checkClock(
  { config }: DoctorFacts,
  signal: AbortSignal,
): Promise<readonly DoctorFinding[]> {
  const argv = ['timedatectl', 'show', '--property=NTPSynchronized', '--value'];
  return [
    synchronised(await runCommand(argv, toolMs, signal)),
    ...zones(Object.values(config?.schedules ?? {}).map(({ zone }) => zone)),
  ];
}

function synchronised({ problem, output }: { problem?: string; output: string }): DoctorFinding {
  const thing = 'clock';
  if (problem === undefined && output === 'yes')
    return { area, tone: 'ok', thing, text: 'set by the network' };
  const why = 'Schedules, ages and what retention deletes go by it.';
  if (problem !== undefined || output !== 'no') {
    const text = `whether it is set by the network is not known: timedatectl: ${problem ?? output}`;
    return { area, tone: 'advice', thing, text, why, cure: 'Compare it.', command: 'date' };
  }
  const text = 'not set by the network';
  const command = 'sudo timedatectl set-ntp true';
  return { area, tone: 'advice', thing, text, why, cure: 'Let systemd or chrony set it.', command };
}

function zones(ofSchedules: readonly string[]): readonly DoctorFinding[] {
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const others = [...new Set(ofSchedules)].filter((zone) => zone !== own);
  const more = others.length === 0 ? '' : `; schedules go by ${others.join(', ')}`;
  return [{ area, tone: 'ok', thing: 'time zone', text: `${own}${more}` }];
}
