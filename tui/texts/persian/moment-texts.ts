import { formatCount } from '../count.ts';
import type { Words } from '../language.ts';

const forms = '«۱۴۰۵/۸/۲۹ ۱۴:۰۰»، «1405-08-29 14:00»، «2026-11-20 14:00»، «دیروز ۱۴:۰۰» یا «۱۴:۰۰»';

export const momentTexts: Words['moment'] = {
  what: 'لحظه',
  notUnderstood: 'لحظه‌ای فهمیدنی نیست',
  ahead: 'در آینده است',
  understood: (typed, at) => `«${typed}» یعنی ${at}`,
  examples: `آن را چنین بنویسید: ${forms}`,
  eitherOr: 'یا یک پشتیبان را نام ببرید یا با --at یک لحظه را',
};

export const momentPageTexts: Words['momentPage'] = {
  moment: 'لحظه',
  placeholder: 'دیروز ۱۴:۰۰، یا گزینش روزی در پایین',
  note: 'تازه‌ترین پشتیبان خوب در آن لحظه یا پیش از آن در طرح می‌آید و فاصلهٔ زمانی نمایش داده می‌شود.',
  days: 'روزهای دارای پشتیبان',
  noDays: 'هنوز پشتیبانی نیست.',
  noTimes: 'از این روز دیگر چیزی نمانده است.',
  older: 'قدیمی‌تر هم هست: لحظه‌ای را وارد کنید.',
  times: (day) => `پشتیبان‌های ${day}`,
  means: (at, ago) => `یعنی ${at}، ${ago}.`,
  ahead: 'آن لحظه در آینده است.',
  forms: `چنین بنویسید: ${forms}.`,
  typeMoment: 'لحظه‌ای مانند «دیروز ۱۴:۰۰» را وارد کنید، یا روزی را از فهرست برگزینید.',
  isGood: 'خوب',
  good: (good, total) =>
    good === total
      ? `${formatCount(good)} خوب`
      : `${formatCount(good)} خوب از ${formatCount(total)}`,
  columns: {
    day: 'روز',
    good: 'پشتیبان‌ها',
    between: 'در میان',
    time: 'زمان',
    kind: 'نوع',
    check: 'بررسی',
    name: 'نام',
  },
  commands: {
    days: 'بازیابی یک لحظه: گزینش روز و زمان',
    times: 'نمایش پشتیبان‌های یک روز',
    planAt: 'تهیهٔ طرح بازیابی یک لحظه',
  },
};
