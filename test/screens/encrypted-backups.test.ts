import { expect, test } from 'vitest';
import type { Backup } from '../../protocol/domain/backup.ts';
import { presetSettings } from '../../tui/host/settings/settings.ts';
import { backupDetails } from '../../tui/screens/back-up/backup-details.ts';
import { backupList } from '../../tui/screens/back-up/backup-list.ts';
import type { Model } from '../../tui/screens/bench.ts';
import { emptyState } from '../../tui/store/state.ts';
import { initialUiState } from '../../tui/store/ui-state.ts';
import { unicodeGlyphs } from '../../tui/theme/theme.ts';
import { cellWidth } from '../../tui/widgets/cells.ts';
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

const detailsOf = (backup: Backup): string =>
  backupDetails(modelOf(backup), backup.id)
    .flatMap((section) => (section.kind === 'page' ? section.lines(118) : []))
    .map(plainText)
    .join('\n');

test('a command that unpacks takes the path as one word, and all of it is there over several rows', () => {
  const path = `/backups/${'漢字 '.repeat(80)}.tar.zst`;
  const rows = detailsOf(cannedBackup({ path })).split('\n').slice(-4);
  expect(rows.map((row) => row.slice(3)).join('')).toContain(`tar --zstd -xf '${path}'`);
  for (const row of rows) expect(cellWidth(row)).toBeLessThanOrEqual(118);
});

test('the details say how it is encrypted, and how it is unpacked without Kedge', () => {
  expect(detailsOf(locked)).toContain('to the recovery key (age)');
  expect(detailsOf(locked)).toContain(
    'age -d -i KEY-FILE /backups/clinic_full.tar.zst.age | tar --zstd -x',
  );
  expect(detailsOf(plain)).not.toContain('age -d');
});
