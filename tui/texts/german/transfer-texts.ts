import { formatBytes, formatRate } from '../bytes.ts';
import type { Words } from '../language.ts';
import { formatClock } from '../time.ts';

export const transferTexts: Words['transfer'] = {
  looksAtPart: 'Vorhandener Teil wird angesehen',
  downloads: 'Herunterladen',
  uploads: 'Hochladen',
  downloaded: (path) => `Heruntergeladen nach ${path}.`,
  goesOn: (partial) => `Was ankam, bleibt in ${partial}; derselbe Befehl macht dort weiter.`,
  progress: (step, done, total, rate, eta) =>
    [
      `${step}: ${formatBytes(done)} von ${formatBytes(total)}`,
      ...(rate > 0 ? [formatRate(rate)] : []),
      ...(eta === undefined ? [] : [`noch ${formatClock(eta)}`]),
    ].join(', '),
};
