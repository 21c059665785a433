import type { AlarmRoute } from '../../../../protocol/domain/alarm.ts';
import type { DoctorFinding } from '../../../../protocol/domain/doctor.ts';
import type { DoctorFacts } from '../facts.ts';
import { stands } from '../of-problem.ts';
import { wordAge } from '../word-age.ts';

const area = 'alarms';

/** That a route gets nothing through stands among the problems; here: whether it ever did. */
export function checkAlarms({ routes, problems, nowMs }: DoctorFacts): readonly DoctorFinding[] {
  if (routes.length === 0) {
    return [
      {
        area,
        tone: 'advice',
        thing: 'routes',
        text: 'no way of telling alarms is configured',
        why: 'What goes wrong is only seen by who looks at Kedge.',
        cure: 'Add a command, webhook, mail or ping under "alarms.routes" in the configuration.',
        command: 'kedge config edit',
      },
    ];
  }
  return routes
    .filter(({ name }) => !stands(problems, `route-${name}`))
    .map((route) => checkRoute(route, nowMs));
}

function checkRoute({ name, to, lastSentMs }: AlarmRoute, nowMs: number): DoctorFinding {
  const thing = `route "${name}"`;
  if (lastSentMs !== undefined)
    return { area, tone: 'ok', thing, text: `to ${to}, last told ${wordAge(nowMs, lastSentMs)}` };
  return {
    area,
    tone: 'advice',
    thing,
    text: `nothing was ever told to ${to}`,
    why: 'That it works is only known once something came through.',
    cure: 'Send a test, and see that it comes.',
    command: `kedge alarm test ${name}`,
  };
}
