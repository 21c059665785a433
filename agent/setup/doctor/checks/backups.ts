import { type Backup, isGood } from '../../../../protocol/domain/backup.ts';
import type { DoctorFinding } from '../../../../protocol/domain/doctor.ts';
import type { DoctorFacts } from '../facts.ts';
import { stands } from '../of-problem.ts';
import { wordAge } from '../word-age.ts';

const area = 'backups';
const dayMs = 24 * 3_600_000;
/** As often as Kedge drills by itself, and once missed. */
const drillDays = 15;

export function checkBackups(facts: DoctorFacts): readonly DoctorFinding[] {
  const { config, backups } = facts;
  if (config === undefined) return [];
  const own = backups.filter(
    ({ application, presence }) => application === config.application.id && presence === 'present',
  );
  return [newestGood(facts, own), ...(own.length === 0 ? [] : [lastDrill(facts, own)])];
}

function newestGood({ nowMs }: DoctorFacts, own: readonly Backup[]): DoctorFinding {
  const thing = 'newest good backup';
  const newestMs = newest(own.filter(isGood).map(({ capturedAtMs }) => capturedAtMs));
  if (newestMs !== undefined)
    return { area, tone: 'ok', thing, text: `taken ${wordAge(nowMs, newestMs)}` };
  const text = own.length === 0 ? 'there is no backup' : 'none of the backups is good';
  return {
    area,
    tone: 'bad',
    thing,
    text,
    why: 'Good is one that was read again and found whole. Without one there is nothing to go back to.',
    cure: 'Take one now.',
    command: 'kedge backup create',
  };
}

function lastDrill({ nowMs, problems }: DoctorFacts, own: readonly Backup[]): DoctorFinding {
  const thing = 'last drill';
  const provenMs = newest(own.flatMap(({ proven }) => (proven === undefined ? [] : [proven.atMs])));
  const isFresh = provenMs !== undefined && nowMs - provenMs < drillDays * dayMs;
  if (isFresh || stands(problems, 'drill-')) {
    const text = provenMs === undefined ? 'failed' : `passed ${wordAge(nowMs, provenMs)}`;
    return { area, tone: 'ok', thing, text };
  }
  return {
    area,
    tone: 'advice',
    thing,
    text:
      provenMs === undefined
        ? 'no backup has passed a drill'
        : `passed ${wordAge(nowMs, provenMs)}`,
    why: 'Only a restore proves that a restore works; a drill restores into scratch.',
    cure: 'Drill now.',
    command: 'kedge drill',
  };
}

function newest(times: readonly number[]): number | undefined {
  return times.length === 0 ? undefined : times.reduce((last, atMs) => Math.max(last, atMs));
}
