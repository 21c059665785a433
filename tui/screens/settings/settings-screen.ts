import { configGet } from '../../../protocol/methods/config.ts';
import { mayAsk, roleOf } from '../../store/role-of.ts';
import { doctorTexts, peopleTexts, texts } from '../../texts/texts.ts';
import { wordFailure } from '../../texts/word-failure.ts';
import { emptyLine, type Line, line, span } from '../../widgets/line.ts';
import type { Section } from '../../widgets/section.ts';
import type { Model, Screen } from '../bench.ts';
import { bullet, heading, labelled } from '../page-lines.ts';
import { addCommands } from './add-commands.ts';
import { auditBindings, auditCommands } from './audit-commands.ts';
import { auditPage } from './audit-page.ts';
import { doctorBindings, doctorCommands } from './doctor-commands.ts';
import { doctorPage } from './doctor-page.ts';
import { entryBindings, entryCommands } from './entry-commands.ts';
import { entrySections } from './entry-page.ts';
import { formBindings, formCommands } from './form-commands.ts';
import { configForm, entryForm } from './forms/config-form.ts';
import { type Form, formPage } from './forms/form-page.ts';
import { preferencesForm } from './forms/preferences.ts';
import { keysBindings, keysCommands, keysPage } from './keys-page.ts';
import { loadConfig } from './load-config.ts';

const words = texts.settings;

export const settingsScreen: Screen = {
  id: 'settings',
  title: texts.workbench.views.settings,
  sections: settingsSections,
  onShow: loadConfig,
  onOutcome(bench, command) {
    if (command === 'config.edit') loadConfig(bench);
  },
  onSnapshot(bench, before) {
    const now = bench.model().state.snapshot?.configRevision;
    if (now !== before.configRevision) loadConfig(bench);
  },
  commands: [
    ...doctorCommands,
    ...auditCommands,
    ...formCommands,
    ...addCommands,
    ...entryCommands,
    ...keysCommands,
  ],
  bindings: [
    { key: 'e', command: 'config.edit', when: 'page == none', hint: words.hints.edit },
    ...doctorBindings,
    ...auditBindings,
    ...entryBindings,
    ...formBindings,
    ...keysBindings,
    { key: 'enter', command: 'open', when: 'regionKind == button', hint: words.hints.press },
  ],
};

function settingsSections(model: Model): readonly Section[] {
  if (model.ui.pages.settings?.kind === 'doctor') return doctorPage(model);
  if (model.ui.pages.settings?.kind === 'audit') return auditPage(model);
  const page = model.ui.pages.settings?.kind;
  if (page === 'preferences') return formPage(model, preferencesForm(model));
  if (page === 'config-form') return readForm(model, configForm(model));
  if (page === 'config-entry') return readForm(model, entryForm(model), entrySections(model));
  if (page === 'keys') return keysPage(model);
  const path = model.state.snapshot?.configPath ?? '';
  return [
    {
      kind: 'buttons',
      buttons: [
        { id: 'settings.edit', label: words.edit, action: { command: 'config.edit' } },
        {
          id: 'settings.form',
          label: texts.forms.buttons.form,
          action: { command: 'settings.form' },
        },
        {
          id: 'settings.copy',
          label: words.copyPath,
          action: { command: 'copy', args: { text: path } },
        },
      ],
    },
    {
      kind: 'buttons',
      buttons: [
        {
          id: 'settings.preferences',
          label: texts.forms.buttons.preferences,
          action: { command: 'settings.preferences' },
        },
        {
          id: 'settings.keys',
          label: texts.forms.buttons.keys,
          action: { command: 'settings.keys' },
        },
        {
          id: 'settings.doctor',
          label: doctorTexts.page.button,
          action: { command: 'settings.doctor' },
        },
        {
          id: 'settings.audit',
          label: peopleTexts.audit.page.button,
          action: { command: 'settings.audit' },
        },
        { id: 'settings.alarms', label: words.testAlarms, action: { command: 'alarm.test' } },
      ],
    },
    {
      kind: 'page',
      id: 'settings.page',
      min: 4,
      lines: (width) => pageLines(model, width).map((one): Line => [span(' '), ...one]),
    },
  ];
}

function readForm(
  model: Model,
  form: Form | undefined,
  between: readonly Section[] = [],
): readonly Section[] {
  if (form !== undefined) return formPage(model, form, between);
  const { schema, config } = model.ui.data;
  const failed = [schema, config].find((one) => one?.kind === 'failed');
  const said =
    failed?.kind === 'failed' ? wordFailure(failed.failure).message : texts.workbench.loading;
  return [{ kind: 'lines', lines: [line(` ${said}`, 'muted')] }];
}

function pageLines(model: Model, width: number): readonly Line[] {
  const cells = width - 2;
  const { snapshot, connection } = model.state;
  const session = connection.kind === 'open' ? connection.session : undefined;
  const role = roleOf(model.state);
  const application = snapshot?.application;
  return [
    emptyLine,
    ...labelled(words.path, snapshot?.configPath ?? '', cells),
    ...labelled(words.state, stateWords(model), cells),
    ...(role === 'admin' ? [] : bullet('-', words.mayDo[role], cells)),
    ...problemLines(model, cells),
    ...heading(words.application),
    ...labelled(words.name, application?.name ?? texts.workbench.noApplication, cells),
    ...(application?.version === undefined
      ? []
      : labelled(words.version, application.version, cells)),
    ...(application?.contact === undefined
      ? []
      : labelled(words.contact, application.contact, cells)),
    ...(snapshot?.sources ?? []).flatMap(({ id, engine, path }) =>
      labelled(id, `${engine}  ${path}`, cells),
    ),
    ...heading(words.about),
    ...labelled('Kedge', session === undefined ? words.unknown : session.kedgeVersion, cells),
    ...labelled(words.process, session === undefined ? words.unknown : String(session.pid), cells),
    ...labelled(words.home, session?.home ?? words.unknown, cells),
    ...(role === 'admin' ? [emptyLine, ...bullet('-', words.how, cells, 'muted')] : []),
  ];
}

function stateWords(model: Model): string {
  if (!mayAsk(model.state, configGet)) return adminsOnly(model);
  const config = model.ui.data.config;
  if (config === undefined || config.kind === 'loading') return texts.workbench.loading;
  if (config.kind === 'failed') return wordFailure(config.failure).message;
  return config.value.problems.length === 0 ? words.valid : words.invalid;
}

function adminsOnly({ state }: Model): string {
  const { roles, needs } = peopleTexts;
  return needs(roles[configGet.least], roles[roleOf(state)]);
}

function problemLines(model: Model, cells: number): readonly Line[] {
  const config = model.ui.data.config;
  if (config?.kind !== 'ready') return [];
  return config.value.problems.flatMap((problem) => [
    line(words.place(problem.line, problem.column), 'error'),
    ...bullet('  ', problem.message, cells, 'error'),
  ]);
}
