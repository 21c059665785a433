import type { Words } from '../language.ts';

export const checkpointTexts: Words['checkpoint'] = {
  none: 'نقطهٔ بازگشتی نیست. پیش از هر تغییر با «kedge checkpoint NAME» یکی بسازید.',
  jumpWith: 'بازگشت با:  kedge restore run ID',
  jump: (id) => `بازگشت با:  kedge restore run ${id}`,
  pinned: 'سنجاق شده است: تا «kedge backup unpin» می‌ماند.',
  taken: (name, id) => `نقطهٔ بازگشت «${name}» (${id}) ساخته و راستی‌آزمایی شد.`,
  notRun: 'فرمان اجرا نشد: نقطهٔ بازگشت سالمی نیست که بتوان به آن بازگشت.',
  commandFailed: (how) => `فرمان ناموفق بود (${how}).`,
  exit: (code) => `کد خروج ${code}`,
  signal: (code) => `سیگنال ${code - 128}`,
  ask: (name) => `به «${name}» بازگردد؟ [y/N] `,
  yes: /^\s*(y|yes|ب|بله|آری)\s*$/i,
  commandMissing: 'باید فرمانی در پی بیاید',
  noJson: 'با فرمان سازگار نیست، زیرا خروجی استاندارد از آنِ فرمان است',
  noDetach: 'با فرمان سازگار نیست، زیرا فرمان در انتظار نقطهٔ بازگشت می‌ماند',
};
