import { isFinished } from '../../protocol/domain/job.ts';
import type { Model, Screen } from '../screens/bench.ts';
import { unseenTroubles } from '../screens/overview/troubles.ts';
import type { Action } from '../store/action.ts';
import type { ViewId } from '../store/ui-state.ts';
import { texts } from '../texts/texts.ts';
import { clickable, emptyLine, fitLine, type Line, lineWidth, span } from '../widgets/line.ts';

/** The screens as a column at the left, with a dividing line. */
export function activityColumn(
  model: Model,
  screens: readonly Screen[],
  width: number,
  rows: number,
): readonly Line[] {
  const { glyphs, ui } = model;
  const names = screens.map((screen, index) => {
    const active = screen.id === ui.view;
    const text = ` ${active ? '>' : ' '} ${index + 1} ${texts.workbench.views[screen.id]}${badge(model, screen.id)}`;
    return clickable([span(text, active ? 'heading' : 'plain')], showAction(screen.id));
  });
  return Array.from({ length: rows }, (_, row) => [
    ...fitLine(names[row - 1] ?? emptyLine, width - 1, glyphs.ellipsis),
    span(glyphs.vertical, 'border'),
  ]);
}

/** The same on one line, in short where the window is narrow. */
export function activityLine(model: Model, screens: readonly Screen[]): Line {
  const { glyphs, ui, columns } = model;
  const named = (short: boolean): Line =>
    screens.map((screen, index) => {
      const active = screen.id === ui.view;
      const { shortViews, views } = texts.workbench;
      const title = (short ? shortViews : views)[screen.id];
      const text = active ? `[${index + 1} ${title}]` : ` ${index + 1} ${title} `;
      return span(text, active ? 'heading' : 'muted', showAction(screen.id));
    });
  const full = named(false);
  return fitLine(lineWidth(full) <= columns ? full : named(true), columns, glyphs.ellipsis);
}

function showAction(view: ViewId): Action {
  return { command: 'view.show', args: { view } };
}

/** What deserves a look, as a number in words' place: problems, running jobs. */
function badge(model: Model, view: ViewId): string {
  const snapshot = model.state.snapshot;
  if (snapshot === undefined) return '';
  const troubles = view === 'overview' ? unseenTroubles(snapshot).length : 0;
  if (troubles > 0) return ` !${troubles}`;
  const working = snapshot.jobs.filter((job) => !isFinished(job)).length;
  return view === 'jobs' && working > 0 ? ` ${working}` : '';
}
