import type { Words } from '../language.ts';

export const checkpointTexts: Words['checkpoint'] = {
  none: 'Keine Prüfpunkte. Vor einer Änderung mit "kedge checkpoint NAME" einen setzen.',
  jumpWith: 'Zurückspringen mit:  kedge restore run ID',
  jump: (id) => `Zurückspringen mit:  kedge restore run ${id}`,
  pinned: 'Er ist angeheftet: er bleibt bis "kedge backup unpin".',
  taken: (name, id) => `Prüfpunkt "${name}" (${id}) ist gesetzt und geprüft.`,
  notRun: 'Der Befehl lief nicht: es gibt keinen ganzen Prüfpunkt, zu dem es zurückgehen könnte.',
  commandFailed: (how) => `Der Befehl schlug fehl (${how}).`,
  exit: (code) => `Rückgabewert ${code}`,
  signal: (code) => `Signal ${code - 128}`,
  ask: (name) => `Zurück zu "${name}"? [j/N] `,
  yes: /^\s*(j|ja|y|yes)\s*$/i,
  commandMissing: 'ein Befehl muss folgen',
  noJson: 'geht nicht zusammen mit einem Befehl, dem die Standardausgabe gehört',
  noDetach: 'geht nicht zusammen mit einem Befehl, der auf den Prüfpunkt wartet',
};
