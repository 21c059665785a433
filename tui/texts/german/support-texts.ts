import type { Words } from '../language.ts';

export const supportTexts: Words['support'] = {
  columns: { file: 'DATEI', size: 'GRÖSSE', what: 'WAS' },
  leftOut: (hidden) => [
    'Ausgelassen: Schlüssel, Passwörter, Inhalte von Sicherungen, Zeilen und Dateien der Anwendung, Protokolle ihrer Dienste.',
    hidden === 0
      ? 'In der Konfiguration war nichts zu verbergen.'
      : `${hidden} Texte der Konfiguration sind verborgen, hier und in allen Protokollen. Protokolle nennen Dateien und Ordner.`,
  ],
  ask: (path, size) => `${size} nach "${path}" schreiben? [j/N] `,
  inShell: 'nur in einer Shell: kedge support',
  needsYes: 'nötig, wo niemand gefragt werden kann',
  isYes: (answer) => /^(j|ja|y|yes)$/i.test(answer.trim()),
  written: (path, quoted) => [
    `Geschrieben: "${path}"`,
    `Vor dem Versenden durchsehen:  tar -xzf ${quoted}`,
  ],
};
