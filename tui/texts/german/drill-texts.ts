import { formatBytes } from '../bytes.ts';
import { formatCount } from '../count.ts';
import type { Words } from '../language.ts';
import { formatDuration } from '../time.ts';
import { counted } from './counted.ts';

export const drillTexts: Words['drill'] = {
  application: 'Anwendung',
  proven: 'Bestanden',
  failed: 'FEHLGESCHLAGEN',
  took: (seconds, unpack) =>
    `${formatDuration(seconds)}, davon ${formatDuration(unpack)} zum Wiederherstellen`,
  source: (files, bytes) => `${counted(files, 'Datei', 'Dateien')}, ${formatBytes(bytes)}`,
  hashed: (hashed, files) =>
    hashed === files
      ? 'alle zurückgelesen'
      : `${formatCount(hashed)} von ${formatCount(files)} zurückgelesen`,
  integrity: (state) => `Integrität ${state}`,
  rows: (rows, tables) =>
    `${counted(rows, 'Zeile', 'Zeilen')} in ${counted(tables, 'Tabelle', 'Tabellen')}`,
  ready: (seconds, text) => `bereit, ${text}, insgesamt ${formatDuration(seconds)}`,
  notReady: (text) => `startete nicht: ${text}`,
  notTried: 'nicht gestartet (kein drill.probe konfiguriert, oder --no-probe)',
};
