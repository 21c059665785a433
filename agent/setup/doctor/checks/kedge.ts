import type { DoctorFinding } from '../../../../protocol/domain/doctor.ts';
import { readOwnUnit } from '../../../os/own-unit.ts';
import { wordBytes } from '../../../os/word-bytes.ts';
import { showProperties } from '../../../services/systemd/unit-facts.ts';
import type { DoctorFacts } from '../facts.ts';

const area = 'kedge';
/** At rest it takes a quarter of this. */
const muchMemoryBytes = 320 * 1024 * 1024;

/** The daemon itself: how long it runs, what it takes, and who starts it again. */
export async function checkKedge(
  { kedgeVersion, config }: DoctorFacts,
  signal: AbortSignal,
): Promise<readonly DoctorFinding[]> {
  const hours = process.uptime() / 3600;
  const runs = hours < 1 ? `${Math.floor(hours * 60)} minutes` : `${Math.floor(hours)} hours`;
  const text = `${kedgeVersion} runs as process ${process.pid} for ${runs}`;
  const unit = readOwnUnit(process.env);
  return [
    { area, tone: 'ok', thing: 'Kedge', text },
    memory(),
    ...(unit === undefined
      ? byHand(config?.demo !== undefined)
      : await ofUnit(unit, signal).catch(() => [])),
  ];
}

function memory(): DoctorFinding {
  const bytes = process.memoryUsage.rss();
  const [thing, text] = ['memory', wordBytes(bytes)];
  if (bytes <= muchMemoryBytes) return { area, tone: 'ok', thing, text };
  const why = 'At rest it takes less than 100 MiB; what grows on and on ends in a kill.';
  const cure = 'Start Kedge again when no job is at work, and send a support bundle.';
  return { area, tone: 'advice', thing, text, why, cure, command: 'kedge support' };
}

function byHand(isDemo: boolean): readonly DoctorFinding[] {
  if (isDemo) return [];
  return [
    {
      area,
      tone: 'advice',
      thing: 'start',
      text: 'it was not started by systemd',
      why: notStarted,
      cure: atBootCure,
      command: 'sudo kedge install',
    },
  ];
}

async function ofUnit(unit: string, signal: AbortSignal): Promise<readonly DoctorFinding[]> {
  const names = ['NRestarts', 'WatchdogUSec', 'UnitFileState'];
  const shown = (await showProperties([unit], names, signal)).get(unit);
  const isWatched = !['', '0', 'infinity'].includes(shown?.get('WatchdogUSec') ?? '');
  return [
    restarted(unit, Number(shown?.get('NRestarts') ?? 0)),
    watched(isWatched),
    atBoot(unit, shown?.get('UnitFileState') === 'enabled'),
  ];
}

function restarted(unit: string, times: number): DoctorFinding {
  if (times === 0)
    return { area, tone: 'ok', thing: unit, text: 'systemd never had to restart it' };
  const text = `systemd had to start it again ${times} times since somebody started it`;
  const why = 'A job that was at work then failed.';
  const command = `journalctl -u ${unit} -p warning -n 50`;
  return {
    area,
    tone: 'advice',
    thing: unit,
    text,
    why,
    cure: 'See what it said before.',
    command,
  };
}

function watched(isWatched: boolean): DoctorFinding {
  const thing = 'watchdog';
  if (isWatched) return { area, tone: 'ok', thing, text: 'systemd restarts Kedge if it hangs' };
  const text = 'off: if Kedge hangs nobody restarts it';
  const cure = 'Have its unit written again.';
  return { area, tone: 'advice', thing, text, cure, command: 'sudo kedge install' };
}

function atBoot(unit: string, isEnabled: boolean): DoctorFinding {
  if (isEnabled) return { area, tone: 'ok', thing: 'start', text: `at boot, as ${unit}` };
  const text = `${unit} is not started at boot`;
  const command = `sudo systemctl enable ${unit}`;
  return { area, tone: 'advice', thing: 'start', text, why: notStarted, cure: atBootCure, command };
}

const notStarted = 'After a restart of the server no schedule runs until somebody starts Kedge.';
const atBootCure = 'Have it started at boot.';
