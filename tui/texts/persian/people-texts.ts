import { formatCount } from '../count.ts';
import type { Words } from '../language.ts';

export const peopleTexts: Words['people'] = {
  somebody: 'کسی',
  roles: { viewer: 'بیننده', operator: 'متصدی', admin: 'مدیر' },
  roleTags: { viewer: 'بیننده', operator: 'متصدی', admin: '' },
  needs: (needed, role) => `به نقش ${needed} نیاز دارد و نقش شما در اینجا ${role} است`,
  inView: (view) => `در ${view}`,
  andMore: (first, more) => `${first} و ${formatCount(more)} نفر دیگر`,
  /** Above a configuration that is edited again. */
  configConflict: {
    again: 'آنچه اکنون هست در پایین آمده است. تغییرهای شما این بود، که باید دوباره انجام شود:',
    end: 'این سطرهای بالا هنگام ذخیره خودبه‌خود برداشته می‌شوند.',
  },
  thereNow: (value) =>
    value === undefined ? 'اکنون در آنجا تعیین نشده است.' : `اکنون در آنجا ${value} است.`,
  savedBy: (who) => `${who} در این میان ذخیره کرده است.`,
  who: {
    title: 'چه کسی اینجاست',
    nobody: 'کسی رابط کاربری را باز نکرده است.',
    you: '(شما)',
    columns: { user: 'کاربر', tty: 'پایانه', role: 'نقش', view: 'در', since: 'از' },
    claimed: 'کاربر و پایانه را برنامه‌های آن‌ها اعلام کرده‌اند؛ نقش قطعی است.',
  },
  audit: {
    none: 'در این مدت چیزی ثبت نشده است.',
    more: (limit) =>
      `تنها ${formatCount(limit)} مورد تازه‌تر نمایش داده شده است؛ --limit بیشتر نشان می‌دهد.`,
    noPeriod: 'نه لحظه‌ای مانند 1405-08-29 14:00 است و نه مدتی مانند «7 days»',
    columns: { when: 'زمان', who: 'چه کسی', role: 'نقش', what: 'چه کاری', result: 'نتیجه' },
    outcomes: {
      done: 'خوب',
      job: (job) => `کار ${job}`,
      refused: 'رد شد',
      failed: (code) => `ناموفق: ${code}`,
      working: 'در حال اجرا',
      unknown: '?',
    },
    page: {
      title: 'آنچه انجام شده است، و به دست چه کسی',
      command: 'نمایش سوابق',
      button: 'سوابق',
      empty: ['هنوز کاری که چیزی را تغییر دهد انجام نشده است.'],
      older: 'نمایش قدیمی‌ترها',
      olderHere: 'قدیمی‌ترها: o را بزنید.',
      noOlder: 'همه همین است.',
      claimed: 'کاربر و پایانه را برنامهٔ درخواست‌کننده اعلام کرده است؛ سوکت و نقش آن قطعی است.',
      through: 'از راه',
      program: 'برنامه',
      with: 'با',
      revision: 'پیکربندی شد',
      hints: { audit: 'سوابق', older: 'قدیمی‌تر', again: 'بررسی دوباره', back: 'بازگشت' },
    },
  },
};
