import type { DoctorFinding } from '../../../../protocol/domain/doctor.ts';
import type { DoctorFacts } from '../facts.ts';

const area = 'schedules';

/** What is missing stands among the problems; here: what comes. */
export function checkSchedules({ config, schedules }: DoctorFacts): readonly DoctorFinding[] {
  if (config === undefined) return [];
  return schedules.map(({ id, words, nextMs, settings }): DoctorFinding => {
    const thing = `schedule "${id}"`;
    if (settings.paused === true) {
      const cure = { cure: 'Let it run again.', command: `kedge schedule resume ${id}` };
      return { area, tone: 'advice', thing, text: 'paused', ...cure };
    }
    if (nextMs === undefined) {
      const cure = { cure: 'See when it is to run.', command: `kedge schedule show ${id}` };
      return { area, tone: 'bad', thing, text: `${words}; it has no next run`, ...cure };
    }
    const next = new Date(nextMs).toLocaleString('sv-SE', { timeZone: settings.zone });
    return {
      area,
      tone: 'ok',
      thing,
      text: `${words}; next ${next.slice(0, 16)} ${settings.zone}`,
    };
  });
}
