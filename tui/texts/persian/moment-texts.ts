import { formatCount } from '../count.ts';
import type { Words } from '../language.ts';

const forms = '«2026-11-20 14:00»، «2026-11-20T14:00+01:00»، «yesterday 14:00» یا «14:00»';

export const momentTexts: Words['moment'] = {
  what: 'لحظه',
  notUnderstood: 'لحظه‌ای فهمیدنی نیست',
  ahead: 'در آینده است',
  examples: `آن را چنین بنویسید: ${forms}`,
  eitherOr: 'یا یک پشتیبان را نام ببرید یا با --at یک لحظه را',
};

export const momentPageTexts: Words['momentPage'] = {
  moment: 'لحظه',
  placeholder: 'yesterday 14:00، یا گزینش روزی در پایین',
  note: 'تازه‌ترین پشتیبان خوب در آن لحظه یا پیش از آن در طرح می‌آید و فاصلهٔ زمانی نمایش داده می‌شود.',
  days: 'روزهای دارای پشتیبان',
  noDays: 'هنوز پشتیبانی نیست.',
  noTimes: 'از این روز دیگر چیزی نمانده است.',
  older: 'قدیمی‌تر هم هست: لحظه‌ای را وارد کنید.',
  times: (day) => `پشتیبان‌های ${day}`,
  means: (at, ago) => `یعنی ${at}، ${ago}.`,
  ahead: 'آن لحظه در آینده است.',
  forms: `چنین بنویسید: ${forms}.`,
  typeMoment: 'لحظه‌ای مانند «yesterday 14:00» را وارد کنید، یا روزی را از فهرست برگزینید.',
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
