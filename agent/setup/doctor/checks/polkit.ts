import type { DoctorFinding } from '../../../../protocol/domain/doctor.ts';
import { runCommand } from '../../../os/run-command.ts';
import type { DoctorFacts } from '../facts.ts';

const area = 'services';
const toolMs = 5_000;
/** From here on a rule can name single units. */
const perUnitSince = 106;

/** Only who is not root and has units to control needs it. */
export async function checkPolkit(
  { config }: DoctorFacts,
  signal: AbortSignal,
): Promise<readonly DoctorFinding[]> {
  const units = Object.values(config?.services ?? {}).filter(
    ({ manager }) => manager === 'systemd',
  );
  if (units.length === 0 || process.geteuid?.() === 0) return [];
  const { problem, output } = await runCommand(['pkaction', '--version'], toolMs, signal);
  const thing = 'polkit';
  const why =
    'By its rule Kedge may control exactly the units of the application, without being root.';
  if (problem !== undefined) {
    const text = `its version is not known: pkaction: ${problem}`;
    const command = 'sudo apt-get install polkitd pkexec';
    return [{ area, tone: 'advice', thing, text, why, cure: 'Install polkit.', command }];
  }
  const version = versionOf(output);
  if (version !== undefined && version >= perUnitSince)
    return [{ area, tone: 'ok', thing, text: output }];
  const text = `${output}: it knows no rules for single units`;
  const cure = 'Update it to 0.106 or newer, or let Kedge run as root.';
  return [{ area, tone: 'bad', thing, text, why, cure }];
}

/** "pkaction version 0.105" is 105, "pkaction version 122" is 122: it left the zero out at 121. */
export function versionOf(output: string): number | undefined {
  const found = /(\d+)(?:\.(\d+))?\s*$/.exec(output);
  if (found === null) return undefined;
  const [, whole = '', part] = found;
  return whole === '0' && part !== undefined ? Number(part) : Number(whole);
}
