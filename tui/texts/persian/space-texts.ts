import { formatCount } from '../count.ts';
import type { Words } from '../language.ts';

export const spaceTexts: Words['space'] = {
  none: 'هیچ جایی که Kedge در آن می‌نویسد در دسترس نیست.',
  noOffers: 'از اینجا چیزی برداشتنی نیست.',
  mayGo: 'آنچه می‌توان برداشت:',
  somewhere: 'DESTINATION',
  own: 'خود Kedge',
  undos: 'واگردها',
  cost: (what) => `بها: ${what}.`,
  cleared: (count, bytes) =>
    count === 0
      ? 'چیزی از این نوع برای برداشتن نیست.'
      : `${formatCount(count)} مورد برداشته شد، ${bytes}:`,
  full: (days) => (days < 1 ? 'کمتر از یک روز' : `تا ${formatCount(Math.floor(days))} روز`),
  notInSight: 'در چشم‌انداز نیست',
  unknown: 'هنوز معلوم نیست',
  growth: (bytes) => `${bytes} در روز`,
  columns: {
    place: 'جا',
    free: 'آزاد',
    of: 'از',
    backups: 'پشتیبان',
    trash: 'سطل',
    undo: 'واگرد',
    growth: 'رشد',
    full: 'پر شدن',
    gives: 'آزاد می‌کند',
    what: 'چه',
    folder: 'پوشه',
  },
  forecast: {
    title: 'پیش‌بینی',
    unknown: 'هنوز معلوم نیست: فضای آزاد باید چند روز دیده شود',
    shrinks: (bytes) => `هر روز ${bytes} بیشتر آزاد می‌شود: پر نمی‌شود`,
    grows: (bytes) => `هر روز ${bytes} کمتر آزاد است؛ پر شدن در چشم‌انداز نیست`,
    full: (bytes, days) =>
      `هر روز ${bytes} کمتر آزاد است: پر شدن ${days < 1 ? 'در کمتر از یک روز' : `تا ${formatCount(days)} روز`}`,
    from: (days) => (days === 1 ? 'دیروز' : `${formatCount(days)} روز پیش`),
    until: 'اکنون',
  },
  title: 'آزادسازی فضا',
  gives: (bytes) => `${bytes} آزاد می‌کند.`,
  empty: ['از اینجا چیزی برداشتنی نیست: هر چه هست همان است که خواسته‌اید بماند.'],
  doIt: 'انجام شود',
  gone: 'دیگر پیشنهاد نمی‌شود: موجودی از نو خوانده شد',
  cancel: 'لغو',
  page: 'نمایش آنچه می‌توان برداشت و فضایی که آزاد می‌کند',
  take: 'انجام مورد انتخاب‌شده',
  hints: { space: 'فضای آزاد', take: 'انجام', again: 'دیدن دوباره', back: 'بازگشت' },
  why: 'Kedge هر ساعت فضای آزاد را می‌بیند؛ پس از سه روز می‌گوید هر جا با چه سرعتی پر می‌شود.',
};

export const calendarTexts: Words['calendar'] = {
  nothing: (month) => `در ${month} چیزی اجرا نشد و نخواهد شد.`,
  tooMany: 'همهٔ اجراهای زمان‌بندی‌هایی که چنین پی‌درپی اجرا می‌شوند شمرده نشده‌اند.',
  badMonth: 'آن را با سال و ماه بدهید، مانند 1405-09 یا 2026-11',
  to: 'تا',
  columns: { day: 'روز', time: 'ساعت', what: 'چه', schedule: 'زمان‌بندی', outcome: 'نتیجه' },
  what: {
    manual: 'دستی',
    verify: 'راستی‌آزمایی',
    drill: 'تمرین بازیابی',
    checkpoint: 'نقطهٔ بازگشت',
    run: 'اجرا',
  },
  months: [
    'ژانویه',
    'فوریه',
    'مارس',
    'آوریل',
    'مه',
    'ژوئن',
    'ژوئیه',
    'اوت',
    'سپتامبر',
    'اکتبر',
    'نوامبر',
    'دسامبر',
  ],
  weekdays: ['یکش', 'دوش', 'سه‌ش', 'چهش', 'پنش', 'جمعه', 'شنبه'],
};
