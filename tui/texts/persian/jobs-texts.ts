import { formatCount } from '../count.ts';
import type { Words } from '../language.ts';
import { counted } from './counted.ts';

export const jobsTexts: Words['jobs'] = {
  job: 'کار',
  queued: 'در انتظار کار پیش از خود',
  queuedAt: (place) =>
    place === 1 ? 'در انتظار، نوبت بعدی' : `در انتظار، نوبت ${formatCount(place)}`,
  cancelled: 'لغو شد، چیزی نیمه‌کاره نگه داشته نشد',
  gaveWay: (to) => `جای خود را به ${to} داد؛ دوباره نوبت آن می‌رسد`,
  withGaps: 'با کمبود',
  planReady: 'آمادهٔ خواندن',
  compared: 'همان‌گونه که ساخته شد؛ هیچ کلیدی آن را باز نمی‌کند',
  noArchives: 'بایگانی‌ای آنجا نیست',
  verified: (members) => `${counted(members, 'فایل')} خوانده شد`,
  differ: (names) =>
    names === 0 ? 'محتوای هر دو یکسان است' : `${formatCount(names)} نام متفاوت است`,
  besideLive: 'در کنار آنچه در کار است',
  restored: (downtime) => `${downtime} خاموش بود`,
  resetSteps: (count) => `${counted(count, 'گام')} انجام شد`,
  runsSince: (time) => `${time} در حال اجرا`,
  notCancellable: 'داده‌ها یا سرویس‌ها در دست کارند: در این گام لغو ممکن نیست.',
  notStarted: 'هنوز آغاز نشده',
  neverStarted: 'هرگز',
  gone: (id) => `کار ${id} دیگر در فهرست نیست. Esc بازمی‌گردد.`,
  log: 'لاگ',
  logOf: (job, title) => `لاگ کار ${job}، ${title}`,
  throughput: 'بایت در ثانیه',
  diff: 'تفاوت‌ها',
  logSaysMore: 'لاگ آن می‌گوید آخرین کارش چه بود.',
  noLog: 'چیزی نوشته نشده است.',
  logColumns: { time: 'زمان', text: 'متن' },
  levels: { warning: 'هشدار', error: 'خطا' },
  origin: 'خواستار',
  command: 'به شکل فرمان',
  back: 'بازگشت',
  cancel: 'لغو این کار',
  retry: 'تلاش دوباره',
  copy: 'رونوشت به شکل فرمان',
  countRows: 'شمارش ردیف‌های پایگاه‌های داده',
  over: 'این کار پایان یافته است.',
  cancelTooLate: (count) =>
    count === 1
      ? 'چیزی برای لغو نیست: این کار پایان یافته است.'
      : 'چیزی برای لغو نیست: این کارها پایان یافته‌اند.',
  notFailed: 'تنها کار ناموفق یا لغوشده را می‌توان دوباره انجام داد.',
  noneShort: 'کاری نیست',
  columns: {
    job: 'کار',
    state: 'وضعیت',
    started: 'آغاز',
    took: 'مدت',
    outcome: 'نتیجه',
    origin: 'خواستار',
  },
  commands: {
    show: 'نمایش یک کار',
    cancel: 'لغو کار انتخاب‌شده',
    retry: 'تلاش دوباره برای کار انتخاب‌شده',
    copy: 'رونوشت کار انتخاب‌شده به شکل فرمان',
  },
  hints: {
    back: 'بازگشت',
    copy: 'رونوشت فرمان',
    retry: 'تلاش دوباره',
    cancel: 'لغو کار',
    show: 'جزئیات',
  },
};
