import { formatBytes } from '../bytes.ts';
import { formatCount } from '../count.ts';
import type { Words } from '../language.ts';
import { formatDuration } from '../time.ts';
import { counted } from './counted.ts';

export const drillTexts: Words['drill'] = {
  application: 'برنامه',
  proven: 'اثبات‌شده',
  failed: 'ناموفق',
  took: (seconds, unpack) =>
    `${formatDuration(seconds)}، از آن ${formatDuration(unpack)} برای بازیابی`,
  source: (files, bytes) => `${counted(files, 'فایل')}، ${formatBytes(bytes)}`,
  hashed: (hashed, files) =>
    hashed === files
      ? 'همه بازخوانی شد'
      : `${formatCount(hashed)} از ${formatCount(files)} بازخوانی شد`,
  integrity: (state) => `یکپارچگی ${state}`,
  rows: (rows, tables) => `${counted(rows, 'ردیف')} در ${counted(tables, 'جدول')}`,
  ready: (seconds, text) => `آماده، ${text}، در مجموع ${formatDuration(seconds)}`,
  notReady: (text) => `آغاز نشد: ${text}`,
  notTried: 'آغاز نشد (drill.probe پیکربندی نشده است، یا --no-probe)',
};
