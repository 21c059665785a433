import type { Words } from '../language.ts';

export const destinationsTexts: Words['destinations'] = {
  empty: ['مقصدی پیکربندی نشده است. برای افزودن به پیکربندی e را بزنید.'],
  kind: 'نوع',
  why: 'علت',
  marker:
    'هر مقصد فایل نشانهٔ کوچکی از Kedge دارد. بدون آن چیزی در آنجا نوشته نمی‌شود: شاید دیسک سوار نشده باشد.',
  label: 'دیسک',
  lastSeen: 'آخرین دیدار',
  away: 'وصل نیست، که خطا به شمار نمی‌آید. پشتیبان‌هایش در فهرست می‌مانند و چیزی از آن نوشته یا حذف نمی‌شود.',
  space: (free, total) => `${free} آزاد از ${total}`,
  columns: {
    name: 'نام',
    state: 'وضعیت',
    backups: 'شمار',
    taken: 'اشغال',
    free: 'آزاد',
    disk: 'مصرف دیسک',
    path: 'پوشه',
  },
  hints: { backUp: 'پشتیبان‌گیری', edit: 'ویرایش پیکربندی' },
};

export const settingsTexts: Words['settings'] = {
  edit: 'ویرایش پیکربندی',
  copyPath: 'رونوشت مسیر آن',
  testAlarms: 'آزمودن هشدارها',
  path: 'پیکربندی',
  state: 'وضعیت',
  valid: 'معتبر و برقرار',
  invalid: 'نامعتبر؛ آخرین پیکربندی درست برقرار می‌ماند',
  place: (row, column) => `سطر ${row}، ستون ${column}`,
  application: 'برنامه',
  name: 'نام',
  version: 'نسخه',
  contact: 'تماس',
  about: 'درباره',
  process: 'پردازه',
  home: 'داده‌های Kedge',
  unknown: 'تا Kedge در دسترس نباشد نامعلوم است',
  how: 'این فایل را هر زمان می‌توان دستی ویرایش کرد؛ تغییر معتبر بی‌درنگ اثر می‌کند. توضیح‌ها می‌مانند.',
  hints: { edit: 'ویرایش', press: 'فشردن' },
};
