import type { Bench, UiCommand } from '../../screens/bench.ts';
import { orderForAll } from '../../screens/chosen-rows.ts';
import type { Trouble } from '../../screens/overview/troubles.ts';
import { texts } from '../../texts/texts.ts';
import { chosenTroubles } from '../problems-panel.ts';

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
  const troubles = chosenTroubles(bench.model());
  const [first] = troubles.filter((trouble) => whyNot(trouble) === undefined);
  const why = first === undefined ? troubles[0] && whyNot(troubles[0]) : undefined;
  if (why !== undefined) {
    bench.notify('muted', why);
    return;
  }
  orderForAll(bench, troubles, {
    title: texts.alarms.acknowledge,
    nameOf: ({ text }) => text,
    action: (trouble) => {
      const no = whyNot(trouble);
      return no === undefined
        ? { command: 'alarm.acknowledge', args: { alarm: trouble.alarm?.id } }
        : { command: 'notify', args: { text: no } };
    },
  });
}

function whyNot({ alarm }: Trouble): string | undefined {
  if (alarm === undefined) return texts.alarms.settling;
  return alarm.state === 'open' ? undefined : texts.alarms.seenAlready;
}
