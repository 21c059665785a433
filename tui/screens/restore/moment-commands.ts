import * as z from 'zod';
import { momentDays, momentList } from '../../../protocol/methods/moments.ts';
import { momentIn } from '../../commands/restore/read-moment.ts';
import { texts, momentPageTexts as words } from '../../texts/texts.ts';
import type { UiCommand } from '../bench.ts';
import { fieldText } from '../form-values.ts';
import { openPage } from '../navigate.ts';

const category = texts.workbench.views.restore;
const DayArgs = z.object({ day: z.string(), fromMs: z.number(), toMs: z.number() });

/** From a moment to the plan: type it, or choose a day and a time of that. */
export const momentCommands: readonly UiCommand[] = [
  {
    id: 'restore.days',
    title: words.commands.days,
    category,
    run(bench) {
      openPage(bench, 'restore', { kind: 'days' }, 'restore.days');
      const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
      bench.load('momentDays', zone, () => bench.session.call(momentDays, { zone }));
    },
  },
  {
    id: 'restore.times',
    title: words.commands.times,
    category,
    internal: true,
    run(bench, args) {
      const { day, fromMs, toMs } = DayArgs.parse(args);
      openPage(bench, 'restore', { kind: 'times', day }, 'restore.times');
      bench.load('momentList', day, async () => {
        const { moments } = await bench.session.call(momentList, { fromMs, toMs });
        return moments;
      });
    },
  },
  {
    id: 'restore.plan-at',
    title: words.commands.planAt,
    category,
    internal: true,
    run(bench) {
      const at = fieldText(bench.model(), 'restore.at').trim();
      const { nowMs } = bench.model();
      const found = momentIn(at, nowMs);
      if (found === undefined || found.atMs > nowMs) bench.notify('warning', words.typeMoment);
      else bench.run({ command: 'restore.plan', args: { at } });
    },
  },
];
