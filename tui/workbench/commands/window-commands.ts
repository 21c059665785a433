import * as z from 'zod';
import { isFinished } from '../../../protocol/domain/job.ts';
import { accidents } from '../../../protocol/methods/setup.ts';
import type { Bench, UiCommand } from '../../screens/bench.ts';
import { roleOf } from '../../store/role-of.ts';
import { texts } from '../../texts/texts.ts';

const words = texts.workbench.commands;
const groups = texts.workbench.groups;
const Text = z.object({ text: z.string() });
const Leave = z.object({ code: z.int().optional() });

/** Leaving, copying, and the commands that belong to no screen. */
export function windowCommands(): readonly UiCommand[] {
  return [
    { id: 'quit', title: words.quit, category: groups.window, run: askToQuit },
    {
      id: 'window.leave',
      title: words.quit,
      category: groups.window,
      internal: true,
      run: (bench, args) => bench.leave(Leave.parse(args).code ?? 0),
    },
    {
      id: 'copy',
      title: texts.workbench.copy,
      category: groups.window,
      internal: true,
      run: (bench, args) => bench.copy(Text.parse(args).text),
    },
    {
      id: 'notify',
      title: texts.workbench.copy,
      category: groups.window,
      internal: true,
      run: (bench, args) => bench.notify('warning', Text.parse(args).text),
    },
    {
      id: 'protect',
      title: words.protect,
      category: groups.demo,
      run: (bench) =>
        bench.ask({
          title: texts.workbench.protectTitle,
          body: texts.workbench.protectBody,
          tone: 'plain',
          buttons: [
            { label: texts.workbench.close },
            {
              label: texts.workbench.copyCommand,
              action: { command: 'copy', args: { text: 'kedge init' } },
            },
          ],
        }),
    },
    ...accidents.map(
      (accident): UiCommand => ({
        id: `demo.${accident}`,
        title: texts.workbench.accidents[accident],
        category: groups.accident,
        disabledReason: ({ state }) =>
          state.snapshot?.demo === undefined ? texts.workbench.onlyInDemo : undefined,
        run: (bench) => bench.run({ command: 'demo.accident', args: { accident } }),
      }),
    ),
  ];
}

function askToQuit(bench: Bench): void {
  const { state } = bench.model();
  const { quit } = texts.workbench;
  const working = state.snapshot?.jobs.filter((job) => !isFinished(job)).length ?? 0;
  const jobs = working === 0 ? [] : [quit.jobs(working)];
  const demo = state.snapshot?.demo;
  // Nobody else is asked what is to become of it.
  const isOwner = state.connection.kind === 'open' && roleOf(state) === 'admin';
  if (demo === undefined || !isOwner) {
    bench.leave(0);
    return;
  }
  bench.ask({
    title: quit.titleDemo,
    body: [...quit.bodyDemo(demo.home), ...jobs],
    tone: 'plain',
    buttons: [
      { label: quit.cancel },
      { label: quit.leaveRunning, action: { command: 'window.leave' } },
      { label: quit.stop, action: { command: 'demo.stop', args: { confirmed: true } } },
    ],
  });
}
