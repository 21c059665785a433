import * as z from 'zod';
import { doctorRun } from '../../../protocol/methods/doctor.ts';
import { ownFindings } from '../../commands/doctor/own-findings.ts';
import type { Keybinding } from '../../keys/keybinding.ts';
import { doctorTexts, texts } from '../../texts/texts.ts';
import type { Bench, UiCommand } from '../bench.ts';
import { openPage } from '../navigate.ts';
import { findingList, worstFirst } from './doctor-page.ts';

const words = doctorTexts.page;
const category = texts.workbench.views.settings;
const Finding = z.object({ index: z.number() });

/** The page of the doctor: opening it, looking again, taking a cure along. */
export const doctorCommands: readonly UiCommand[] = [
  {
    id: 'settings.doctor',
    title: words.command,
    category,
    run(bench) {
      openPage(bench, 'settings', { kind: 'doctor' }, findingList);
      look(bench);
    },
  },
  {
    id: 'settings.copy-cure',
    title: words.copy,
    category,
    internal: true,
    run(bench, args) {
      const read = bench.model().ui.data.doctor;
      const findings = read?.kind === 'ready' ? worstFirst(read.value) : [];
      const finding = findings[Finding.parse(args).index];
      const cure = finding?.command ?? finding?.cure;
      if (cure === undefined) bench.notify('muted', words.noCure);
      else bench.copy(cure);
    },
  },
];

const onPage = 'page == doctor';

export const doctorBindings: readonly Keybinding[] = [
  { key: 'd', command: 'settings.doctor', when: 'page == none', hint: words.hints.doctor },
  { key: 'enter', command: 'open', when: onPage, hint: words.hints.copy },
  { key: 'r', command: 'settings.doctor', when: onPage, hint: words.hints.again },
  { key: 'esc', command: 'back', when: onPage, hint: words.hints.back },
];

function look(bench: Bench): void {
  bench.load('doctor', 'all', async () => {
    const { findings } = await bench.session.call(doctorRun, {});
    const { connection } = bench.model().state;
    const theirs = connection.kind === 'open' ? connection.session.kedgeVersion : undefined;
    return [...findings, ...(await ownFindings(theirs))];
  });
}
