import { isFinished } from '../../protocol/domain/job.ts';
import type { Model } from '../screens/bench.ts';
import { jobTable } from '../screens/jobs/job-row.ts';
import { unseenTroubles } from '../screens/overview/troubles.ts';
import { type PanelTab, panelTabs } from '../store/ui-state.ts';
import { wordClockSeconds } from '../texts/moment.ts';
import { texts } from '../texts/texts.ts';
import type { Tone } from '../theme/theme.ts';
import { fitLine, type Line, line, span } from '../widgets/line.ts';
import type { ListSection, PageSection, Section } from '../widgets/section.ts';
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
      return [panelJobs(model)];
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

function panelJobs(model: Model): ListSection {
  const jobs = model.state.snapshot?.jobs ?? [];
  const rows = jobTable(model);
  return {
    kind: 'list',
    id: panelRegion('jobs'),
    count: jobs.length,
    min: 1,
    keyOf: (index) => String(jobs[index]?.id),
    row: (index, width) => {
      const job = jobs[index];
      return job === undefined ? [] : rows.row(job, width);
    },
    empty: [texts.workbench.panel.noJobs],
    open: (index) => ({ command: 'jobs.show', args: { job: jobs[index]?.id } }),
  };
}

const levelTones: Readonly<Record<string, Tone>> = { warning: 'warning', error: 'error' };
const levelWords: Readonly<Record<string, string>> = { info: '', warning: '! ', error: 'ERROR ' };

function panelLog(model: Model): PageSection {
  const lines = model.state.log.map(
    ({ atMs, level, text }): Line => [
      span(`${wordClockSeconds(atMs)} `, 'muted'),
      span(`${levelWords[level]}${text}`, levelTones[level]),
    ],
  );
  return {
    kind: 'page',
    id: panelRegion('log'),
    min: 1,
    follow: true,
    lines: () => (lines.length === 0 ? [line(texts.workbench.panel.noLog, 'muted')] : lines),
  };
}

function panelCommands(model: Model): ListSection {
  const commands = model.state.commandLog;
  return {
    kind: 'list',
    id: panelRegion('commands'),
    count: commands.length,
    min: 1,
    keyOf: (index) => `${index}`,
    row: (index) => {
      const command = commands[index];
      if (command === undefined) return [];
      return [span(`${wordClockSeconds(command.atMs)} `, 'muted'), span(command.text)];
    },
    empty: [texts.workbench.panel.noCommands],
    open: (index) => ({ command: 'copy', args: { text: commands[index]?.text ?? '' } }),
  };
}
