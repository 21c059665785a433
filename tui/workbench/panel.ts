import { isFinished } from '../../protocol/domain/job.ts';
import type { LogLine } from '../../protocol/domain/snapshot.ts';
import type { Model } from '../screens/bench.ts';
import { jobList } from '../screens/jobs/job-row.ts';
import { unseenTroubles } from '../screens/overview/troubles.ts';
import { linesOf } from '../store/log-ring.ts';
import type { CommandLogLine } from '../store/state.ts';
import { type PanelTab, panelTabs } from '../store/ui-state.ts';
import { wordClockSeconds } from '../texts/moment.ts';
import { texts } from '../texts/texts.ts';
import type { Tone } from '../theme/theme.ts';
import { buildList } from '../widgets/build-list.ts';
import { fitLine, type Line, span } from '../widgets/line.ts';
import type { ListSection, Section } from '../widgets/section.ts';
import { panelProblems } from './problems-panel.ts';

/** The tabs of the panel on the line that parts it from the editor. */
export function panelTabLine(model: Model, width: number): Line {
  const { glyphs, ui } = model;
  const tabs = panelTabs.flatMap((tab): Line => {
    const active = ui.panel.tab === tab;
    const label = `${texts.workbench.panel[tab]}${tabCount(model, tab)}`;
    return [
      span(active ? `[${label}]` : ` ${label} `, active ? 'strong' : 'muted', {
        command: 'panel.tab',
        args: { tab },
      }),
      span(glyphs.horizontal, 'border'),
    ];
  });
  const marker = ui.part === 'panel' ? '>' : glyphs.horizontal;
  const left: Line = [span(glyphs.horizontal + marker, 'border'), ...tabs];
  const dashes = [span(glyphs.horizontal.repeat(width), 'border')];
  return fitLine([...left, ...dashes], width, glyphs.horizontal);
}

function tabCount(model: Model, tab: PanelTab): string {
  const { snapshot } = model.state;
  if (tab === 'jobs') {
    const working = snapshot?.jobs.filter((job) => !isFinished(job)).length ?? 0;
    return working === 0 ? '' : ` ${working}`;
  }
  const problems = snapshot === undefined ? 0 : unseenTroubles(snapshot).length;
  return tab === 'problems' && problems > 0 ? ` ${problems}` : '';
}

export function panelSections(model: Model): readonly Section[] {
  switch (model.ui.panel.tab) {
    case 'jobs':
      return [jobList(model, panelRegion('jobs'), true)];
    case 'log':
      return [panelLog(model)];
    case 'problems':
      return panelProblems(model);
    case 'commands':
      return [panelCommands(model)];
    default:
      return model.ui.panel.tab satisfies never;
  }
}

export function panelRegion(tab: PanelTab): string {
  return `panel.${tab}`;
}

const levelTones: Readonly<Record<LogLine['level'], Tone>> = {
  info: 'plain',
  warning: 'warning',
  error: 'error',
};

function panelLog(model: Model): ListSection {
  const { columns, levels } = texts.workbench.panel;
  return buildList(model, {
    id: panelRegion('log'),
    rows: linesOf(model.state.log),
    columns: [
      {
        id: 'time',
        title: columns.time,
        width: 8,
        cell: ({ atMs }) => span(wordClockSeconds(atMs), 'muted'),
        sortBy: ({ atMs }) => atMs,
      },
      {
        id: 'level',
        title: columns.level,
        width: 7,
        extra: true,
        cell: ({ level }) => span(level, levelTones[level]),
      },
      {
        id: 'job',
        title: columns.job,
        width: 5,
        extra: true,
        align: 'right',
        cell: ({ job }) => (job === undefined ? '' : String(job)),
        sortBy: ({ job }) => job,
      },
      {
        id: 'text',
        title: columns.text,
        width: 'rest',
        cell: ({ level, text }) => span(`${levels[level]}${text}`, levelTones[level]),
      },
    ],
    bare: true,
    min: 1,
    follow: true,
    markable: true,
    keyOf: ({ number }) => String(number),
    open: ({ text, job }) =>
      job === undefined
        ? { command: 'copy', args: { text } }
        : { command: 'jobs.show', args: { job } },
    empty: [texts.workbench.panel.noLog],
  });
}

/** Of a command its place, as one may be run twice. */
interface NumberedCommand extends CommandLogLine {
  readonly number: number;
}

function panelCommands(model: Model): ListSection {
  const { columns } = texts.workbench.panel;
  return buildList<NumberedCommand>(model, {
    id: panelRegion('commands'),
    rows: model.state.commandLog.map((command, number) => ({ ...command, number })),
    columns: [
      {
        id: 'time',
        title: columns.time,
        width: 8,
        cell: ({ atMs }) => span(wordClockSeconds(atMs), 'muted'),
        sortBy: ({ atMs }) => atMs,
      },
      { id: 'command', title: columns.command, width: 'rest', cell: ({ text }) => text },
    ],
    bare: true,
    min: 1,
    markable: true,
    keyOf: ({ number }) => String(number),
    open: ({ text }) => ({ command: 'copy', args: { text } }),
    empty: [texts.workbench.panel.noCommands],
  });
}
