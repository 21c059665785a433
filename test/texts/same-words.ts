import type { LanguageId } from '../../tui/texts/language.ts';

/** Texts that are the same as in English, or keys whose text is: names, words that both languages have. */
export const sameWords: Readonly<Record<LanguageId, readonly string[]>> = {
  en: [],
  de: [
    ...[
      'Kedge ok',
      'Kedge',
      'Demo',
      'English',
      'Deutsch',
      'Terminal',
      'TERMINAL',
      'offline',
      'online',
    ],
    ...['JOBS', 'JOB', 'Jobs', 'aloud.job', 'TEXT', 'PROBLEM', 'VERSION', 'Version', 'CPU', 'PID'],
    ...[
      'Filter',
      'filter',
      'NAME',
      'Name',
      'Cron',
      'diff',
      'NULL',
      'Passphrase: ',
      'SHA-256',
      'UTF-8',
    ],
    ...['April', 'August', 'September', 'November', 'TERM', 'kedge.service', 'in ~/.ssh/config'],
    ...['keybindings.fileHead.1', 'keybindings.fileHead.2', 'doctor.program.alone'],
    ...['Alt', 'Enter', 'Esc', 'Tab'],
  ],
  fa: [
    ...['Kedge', 'English', 'Deutsch', 'kedge', 'NULL', 'Cron', 'CPU', 'PID', 'DESTINATION'],
    ...['SHA-256', 'UTF-8', 'TERM', 'kedge.service', 'workbench.protectBody.2'],
    ...['keybindings.fileHead.1', 'keybindings.fileHead.2'],
    // Names of keys, which the keyboards bear in Latin letters.
    ...['Ctrl', 'Ctrl+P', 'Alt', 'Shift', 'Enter', 'Esc', 'Tab', 'Space', 'Backspace', 'Del'],
    ...['Up', 'Down', 'Left', 'Right', 'Home', 'End', 'PgUp', 'PgDn'],
  ],
};
