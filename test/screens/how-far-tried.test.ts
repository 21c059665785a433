import { expect, test } from 'vitest';
import { backupLines } from '../../tui/commands/report/backup-lines.ts';
import { presetSettings } from '../../tui/host/settings/settings.ts';
import { backupDetails } from '../../tui/screens/back-up/backup-details.ts';
import { emptyState } from '../../tui/store/state.ts';
import { initialUiState } from '../../tui/store/ui-state.ts';
import { unicodeGlyphs } from '../../tui/theme/theme.ts';
import { plainText } from '../../tui/widgets/line.ts';
import { cannedBackup, cannedNowMs } from '../support/canned-snapshot.ts';

function said(engine: string): readonly string[] {
  const backup = cannedBackup({ sources: [{ name: 'clinic', engine, members: 2, bytes: 4096 }] });
  const model = {
    state: { ...emptyState, backups: { ...emptyState.backups, items: [backup], total: 1 } },
    ui: initialUiState,
    nowMs: cannedNowMs,
    columns: 80,
    rows: 24,
    editorColumns: 78,
    glyphs: unicodeGlyphs,
    settings: presetSettings,
  };
  const shown = backupDetails(model, backup.id)
    .flatMap((section) => (section.kind === 'page' ? section.lines(78) : []))
    .map((line) => plainText(line).trim());
  return [backupLines(backup, 0).join('\n'), shown.join(' ')];
}

test('a backup of SQL Server says how far that is tried, on the screen and on the command line', () => {
  const tried = "protocol-tested; not yet run against Microsoft's engine";
  for (const text of said('sqlserver')) expect(text.replaceAll(/\s+/g, ' ')).toContain(tried);
  for (const text of said('sqlite')) expect(text).not.toContain('tested');
});
