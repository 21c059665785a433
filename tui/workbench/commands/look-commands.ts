import type { UiCommand } from '../../screens/bench.ts';
import { texts } from '../../texts/texts.ts';
import { themeNames } from '../../theme/theme-names.ts';

/** Themes one by one, as in VS Code's palette, and what else changes how the window looks. */
export function lookCommands(): readonly UiCommand[] {
  const category = texts.workbench.groups.window;
  return [
    ...themeNames.map(
      (theme): UiCommand => ({
        id: `theme.${theme}`,
        get title() {
          const { title, choices } = texts.preferences.theme;
          return `${title}: ${choices[theme]}`;
        },
        category,
        run: (bench) => bench.settings.set('theme', theme),
      }),
    ),
    {
      id: 'reduced-motion',
      get title() {
        return texts.preferences.reducedMotion.title;
      },
      category,
      run(bench) {
        const { settings } = bench;
        settings.set('reducedMotion', !settings.get().reducedMotion);
        const { title, summary } = texts.preferences.reducedMotion;
        const { on, off } = texts.forms;
        const now = settings.get().reducedMotion ? `${on}. ${summary}` : off;
        bench.notify('ok', `${title}: ${now}`);
      },
    },
  ];
}
