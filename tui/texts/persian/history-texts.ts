import type { Words } from '../language.ts';

export const historyTexts: Words['history'] = {
  columns: { service: 'سرویس', days: '۷ روز', now: 'اکنون', since: 'از' },
  changeColumns: { when: 'زمان', state: 'وضعیت', why: 'علت' },
  noChanges: 'تغییری ثبت نشده است.',
  legend: (span, [well, between, stopped, ill, failed], none) =>
    `هر نشانه بدترین وضعیت در ${span} است: ${well} سالم، ${between} در حال آغاز یا توقف، ` +
    `${stopped} متوقف، ${ill} ناسالم، ${failed} ازکارافتاده یا ناپایدار، ${none} نامعلوم.`,
  days: '۷ روز',
  lastChange: (state, when, why) => `${state} از ${when}: ${why}`,
};
