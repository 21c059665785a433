import * as z from 'zod';
import type { Screen, UiCommand } from '../../screens/bench.ts';
import { type PanelTab, panelTabs, viewIds } from '../../store/ui-state.ts';
import { texts } from '../../texts/texts.ts';

const View = z.object({ view: z.enum(viewIds) });
const Tab = z.object({ tab: z.enum(panelTabs) });
const words = texts.workbench.commands;
const groups = texts.workbench.groups;

/** Moving between screens, parts and tabs of the panel. */
export function viewCommands(screens: readonly Screen[]): readonly UiCommand[] {
  return [
    {
      id: 'view.show',
      title: words.showView,
      category: groups.view,
      internal: true,
      run(bench, args) {
        const { view } = View.parse(args);
        bench.updateUi((ui) => ({ ...ui, view, part: 'editor' }));
        screens.find(({ id }) => id === view)?.onShow?.(bench);
      },
    },
    ...screens.map(
      ({ id }): UiCommand => ({
        id: `view.${id}`,
        get title() {
          return words.show(texts.workbench.views[id]);
        },
        category: groups.view,
        run: (bench) => bench.run({ command: 'view.show', args: { view: id } }),
      }),
    ),
    {
      id: 'panel.toggle',
      title: words.panelToggle,
      category: groups.panel,
      run: (bench) =>
        bench.updateUi((ui) => {
          const shown = ui.panel.open ?? bench.layout().panelRows > 0;
          return { ...ui, panel: { ...ui.panel, open: !shown }, part: 'editor' };
        }),
    },
    {
      id: 'panel.tab',
      title: words.panelTab,
      category: groups.panel,
      internal: true,
      run(bench, args) {
        const { tab } = Tab.parse(args);
        bench.updateUi((ui) => ({ ...ui, panel: { open: true, tab } }));
      },
    },
    ...panelTabs.map(
      (tab): UiCommand => ({
        id: `panel.${tab}`,
        get title() {
          return words.show(texts.workbench.panel[tab]);
        },
        category: groups.panel,
        run: (bench) => bench.run({ command: 'panel.tab', args: { tab } }),
      }),
    ),
    turnPanel('panel.next', words.panelNext, 1),
    turnPanel('panel.previous', words.panelPrevious, -1),
    {
      id: 'part.next',
      title: words.partNext,
      category: groups.go,
      run: (bench) =>
        bench.updateUi((ui) => {
          if (ui.part === 'panel') return { ...ui, part: 'editor' };
          return { ...ui, part: 'panel', panel: { ...ui.panel, open: true } };
        }),
    },
  ];
}

function turnPanel(id: string, title: string, step: number): UiCommand {
  return {
    id,
    title,
    category: groups.panel,
    run: (bench) =>
      bench.updateUi((ui) => {
        const place = panelTabs.indexOf(ui.panel.tab) + step + panelTabs.length;
        const tab: PanelTab = panelTabs[place % panelTabs.length] ?? 'jobs';
        return { ...ui, panel: { open: true, tab } };
      }),
  };
}
