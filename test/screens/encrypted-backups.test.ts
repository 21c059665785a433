import { expect, test } from 'vitest';
import type { Backup } from '../../protocol/domain/backup.ts';
import { presetSettings } from '../../tui/host/settings/settings.ts';
import { backupDetails } from '../../tui/screens/back-up/backup-details.ts';
import { backupList } from '../../tui/screens/back-up/backup-list.ts';
import type { Model } from '../../tui/screens/bench.ts';
import { emptyState } from '../../tui/store/state.ts';
import { initialUiState } from '../../tui/store/ui-state.ts';
import { unicodeGlyphs } from '../../tui/theme/theme.ts';
import { plainText } from '../../tui/widgets/line.ts';
import { cannedBackup, cannedNowMs } from '../support/canned-snapshot.ts';

function modelOf(...items: readonly Backup[]): Model {
  const backups = { ...emptyState.backups, items, total: items.length };
  return {
    state: { ...emptyState, backups },
    ui: initialUiState,
    nowMs: cannedNowMs,
    columns: 120,
    rows: 40,
    editorColumns: 118,
    glyphs: unicodeGlyphs,
    settings: presetSettings,
  };
}

const plain = cannedBackup({ id: 'a'.repeat(16) });
const locked = cannedBackup({
  id: 'b'.repeat(16),
  path: '/backups/clinic_full.tar.zst.age',
  encryption: 'keys',
});

test('the list says which backups are encrypted, and has no such column where none is', () => {
  const rows = (...items: readonly Backup[]) => {
    const list = backupList(modelOf(...items), 'list', () => ({ command: 'back' }));
    return items.map((_, index) => plainText(list.row(index, 118)));
  };
  const [first, second] = rows(plain, locked);
  expect(first).not.toContain('encrypted');
  expect(second).toContain('encrypted');
  expect(rows(plain)[0]).not.toBe(first);
});

test('the details say how it is encrypted, and how it is unpacked without Kedge', () => {
  const text = (backup: Backup): string =>
    backupDetails(modelOf(backup), backup.id)
      .flatMap((section) => (section.kind === 'page' ? section.lines(118) : []))
      .map(plainText)
      .join('\n');
  expect(text(locked)).toContain('to the recovery key (age)');
  expect(text(locked)).toContain(
    'age -d -i KEY-FILE /backups/clinic_full.tar.zst.age | tar --zstd -x',
  );
  expect(text(plain)).not.toContain('age -d');
});
