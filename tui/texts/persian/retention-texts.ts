import { formatCount } from '../count.ts';
import type { Words } from '../language.ts';

const backups = (value: number): string => `${formatCount(value)} پشتیبان`;

export const retentionTexts: Words['retention'] = {
  columns: { verdict: 'حکم', backup: 'پشتیبان', until: 'تا', because: 'زیرا' },
  trashColumns: {
    backup: 'پشتیبان',
    went: 'حذف',
    until: 'حذف قطعی',
    where: 'جا',
    size: 'اندازه',
    why: 'علت',
  },
  goes: 'می‌رود',
  stays: 'می‌ماند',
  in: (store) => `فقط در «${store}»`,
  summary: (stay, go) =>
    go === 0
      ? `${backups(stay)} می‌ماند، چیزی نمی‌رود`
      : `${backups(stay)} می‌ماند، ${formatCount(go)} به سطل بازیافت می‌رود`,
  none: 'پشتیبانی نیست.',
  took: (number) => (number === 0 ? 'چیزی نباید می‌رفت.' : `${backups(number)} به سطل بازیافت رفت.`),
  runs: 'آنچه قاعده‌ها رها می‌کنند به سطل بازیافت مقصد خود می‌رود.',
  empties: 'هر چه در سطل بازیافت است برای همیشه برداشته می‌شود. هیچ چیز آن را برنمی‌گرداند.',
  runConsent: (number) => [
    number === 0
      ? 'با قاعده‌های کنونی چیزی نمی‌رود.'
      : `${backups(number)} به سطل بازیافت مقصد خود می‌رود.`,
    'تا زمان انقضا می‌توان آن‌ها را از آنجا برگرداند.',
  ],
  emptyTrash: 'سطل بازیافت خالی است.',
  restored: (number) =>
    `${backups(number)} برگشت. آن که خواستید سنجاق شده است؛ «kedge backup unpin» رهایش می‌کند.`,
  removed: (number, bytes) => `${backups(number)} برای همیشه برداشته شد (${bytes}).`,
  trashed: (path, until) => `«${path}» حذف شد. تا ${until} با «kedge trash restore» برمی‌گردد.`,
  emptyBody: (number, bytes) => [
    `${backups(number)} حذف‌شده برای همیشه برداشته می‌شود (${bytes}).`,
    'آنچه از سطل بازیافت برداشته شود برنمی‌گردد.',
  ],
  notMoved: 'این همان دستگاهی است که Kedge روی آن برپا شده است',
  moved: 'این همان نصب است و از این پس روی این دستگاه.',
  copy: 'این دستگاه از این پس نصبی جداگانه است. پشتیبان‌هایی که آن دیگری گرفته است دیگر با قاعده‌های اینجا حذف نمی‌شوند.',
  pages: {
    retention: 'آنچه می‌ماند، آنچه می‌رود',
    trash: 'سطل بازیافت',
    erase: 'برداشتن همیشگی یک پشتیبان حذف‌شده',
    empty: 'خالی کردن سطل بازیافت',
  },
  trashTitle: 'پشتیبان‌های حذف‌شده‌ای که برگرداندنی‌اند',
  retentionTitle: 'با قاعده‌های کنونی',
  hints: {
    retention: 'رفتنی‌ها',
    erase: 'برداشتن',
    show: 'جزئیات',
    trash: 'سطل بازیافت',
    bringBack: 'برگرداندن',
    empty: 'خالی کردن',
    run: 'رها کردن',
    back: 'بازگشت',
  },
};
