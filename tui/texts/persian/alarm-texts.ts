import { formatCount } from '../count.ts';
import type { Words } from '../language.ts';

export const alarmTexts: Words['alarms'] = {
  none: 'هشداری نیست.',
  noRoutes:
    'هیچ مسیر هشداری پیکربندی نشده است: به کسی خبر داده نمی‌شود. مسیری را زیر «alarms» در پیکربندی بنویسید.',
  routes: 'مسیرها:',
  since: (ago, count) => (count > 1 ? `${ago}، ${formatCount(count)} بار` : ago),
  cured: (ago) => `برطرف‌شده ${ago}`,
  acknowledged: (ago) => `تأیید‌شده ${ago}`,
  done: (id, text) => `هشدار ${id} تأیید شد: ${text}`,
  over: (id, text) => `هشدار ${id} پیش‌تر برطرف شده است: ${text}`,
  lastSent: (ago) => `آخرین خبر ${ago}`,
  neverSent: 'هنوز خبری داده نشده است',
  lastProblem: (ago, problem) => `ناموفق ${ago}: ${problem}`,
  delivery: {
    sent: (cured, route, ago) => `${cured ? 'برطرف‌شدن ' : ''}از راه ${route} خبر داده شد، ${ago}`,
    waiting: (route) => `در انتظار ${route}`,
    again: (route, problem, at) =>
      `از راه ${route} هنوز خبر داده نشده است: ${problem}؛ تلاش دوباره ${at}`,
    failed: (route, problem) => `از راه ${route} خبر داده نشد: ${problem}`,
  },
  testHead: 'پیام آزمایشی فرستاده شد از راه:',
  tested: {
    sent: (route) => `${route}: خبر داده شد`,
    failed: (route, problem) => `${route}: ناموفق: ${problem}`,
  },
  words: { error: 'خطا', warning: 'هشدار', acknowledged: 'دیده‌شده' },
  columns: { severity: 'نوع', problem: 'مشکل', since: 'از', place: 'جا' },
  hints: { acknowledge: 'تأیید' },
  settling: 'تنها اگر پایدار بماند هشدار می‌شود',
  seenAlready: 'پیش‌تر تأیید شده است',
  acknowledge: 'تأیید مشکل انتخاب‌شده',
};
