import * as z from 'zod';
import type { OpenRecovery } from '../../../protocol/domain/recovery.ts';
import { recoveryList } from '../../../protocol/methods/recovery.ts';
import { leftLines } from '../../commands/report/recovery-lines.ts';
import { sanitised } from '../../store/sanitise.ts';
import { formats } from '../../texts/formats.ts';
import { texts, recoveryTexts as words } from '../../texts/texts.ts';
import type { Bench, UiCommand } from '../bench.ts';

const LookArgs = z.object({ recovery: z.number() });

/** Before a recovery is given up: what would stay in the servers that do not answer, with the SQL to keep. */
export const giveUpCommands: readonly UiCommand[] = [
  {
    id: 'restore.give-up',
    title: words.giveUpTitle,
    category: texts.workbench.views.restore,
    internal: true,
    async run(bench, raw) {
      const { recovery } = LookArgs.parse(raw);
      const { recoveries } = sanitised(await bench.session.call(recoveryList, {}));
      const found = recoveries.find(({ job }) => job === recovery);
      if (found === undefined || found.left.length === 0) askAtOnce(bench, recovery);
      else askFirst(bench, found);
    },
  },
];

function askAtOnce(bench: Bench, recovery: number): void {
  bench.run(giveUp(recovery));
}

function askFirst(bench: Bench, { job, servers, left }: OpenRecovery): void {
  const reasons = [...new Set(servers.flatMap(({ why }) => why ?? []))];
  const silent = reasons.map((why) => {
    const of = servers.flatMap((one) => (one.why === why ? one.databases : []));
    return words.silent(of.join(formats().comma), why);
  });
  const sql = left.flatMap((one) => one.sql).join('\n');
  bench.ask({
    title: words.giveUpTitle,
    body: [...silent, words.wouldLeave, ...leftLines(left)],
    tone: 'warning',
    buttons: [
      { label: texts.workbench.dialog.cancel },
      ...(sql === ''
        ? []
        : [{ label: words.copySql, action: { command: 'copy', args: { text: sql } } }]),
      { label: words.giveUpButton, action: giveUp(job) },
    ],
  });
}

function giveUp(recovery: number) {
  return { command: 'recovery.give-up', args: { recovery } } as const;
}
