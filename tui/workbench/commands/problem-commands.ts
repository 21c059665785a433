import type { Bench, UiCommand } from '../../screens/bench.ts';
import type { Trouble } from '../../screens/overview/troubles.ts';
import { texts } from '../../texts/texts.ts';
import { selectedTrouble } from '../problems-panel.ts';

/** What can be done with the problem that is selected in the panel. */
export function problemCommands(): readonly UiCommand[] {
  return [
    {
      id: 'problems.acknowledge',
      title: texts.alarms.acknowledge,
      category: texts.workbench.groups.panel,
      internal: true,
      run: acknowledge,
    },
  ];
}

function acknowledge(bench: Bench): void {
  const trouble = selectedTrouble(bench.model());
  const why = trouble === undefined ? texts.workbench.noSelection : whyNot(trouble);
  if (why === undefined) {
    bench.run({ command: 'alarm.acknowledge', args: { alarm: trouble?.alarm?.id } });
  } else bench.notify('muted', why);
}

function whyNot({ alarm }: Trouble): string | undefined {
  if (alarm === undefined) return texts.alarms.settling;
  return alarm.state === 'open' ? undefined : texts.alarms.seenAlready;
}
