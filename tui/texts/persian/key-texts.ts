import type { KeyStatus } from '../../../protocol/methods/key.ts';
import { formatCount } from '../count.ts';
import type { Words } from '../language.ts';
import { formatMoment } from '../time.ts';

export const keyTexts: Words['key'] = {
  ask: {
    passphrase: 'عبارت عبور: ',
    newPassphrase: 'عبارت عبور این پشتیبان (کسی نمی‌تواند آن را بازگرداند): ',
    again: 'همان، بار دیگر: ',
    recoveryKey: 'کلید بازیابی (AGE-SECRET-KEY-1...): ',
    typeBack: 'برای اثبات در دست داشتن کلید محرمانه، آن را وارد کنید یا بچسبانید: ',
  },
  missing: 'چیزی وارد نشد؛ آن را در پایانه وارد کنید یا به صورت یک سطر ورودی استاندارد بدهید',
  differ: 'این دو یکی نیستند',
  tooShort: (least) => `باید دست‌کم ${formatCount(least)} نویسه داشته باشد`,
  created: (secret, recoveryKey) => [
    'کلید بازیابی. هر پشتیبانی را که برای آن رمز شده باشد، روی هر دستگاهی باز می‌کند.',
    '',
    `  کلید محرمانه    ${secret}`,
    `  نیمهٔ عمومی     ${recoveryKey}`,
    '',
    'کلید محرمانه را یادداشت یا چاپ کنید و دور از این سرور نگه دارید. تنها همین یک بار نمایش',
    'داده می‌شود و در اینجا جایی نگه داشته نمی‌شود. با از دست رفتن آن و سرور، پشتیبان‌ها نیز از',
    'دست رفته‌اند.',
    '',
  ],
  notEnabled: 'هنوز چیزی رمز نمی‌شود: با «kedge key check» که همان کلید را می‌پرسد، آن را فعال کنید.',
  enabled: 'کلید، بایگانی‌ای را که برای آن ساخته شده بود باز کرد. از این پس پشتیبان‌ها رمز می‌شوند.',
  stillEnabled: 'کلید، بایگانی‌ای را که برای آن ساخته شده بود باز کرد.',
  status: (status) => [
    ['رمزنگاری', stateOf(status)],
    ['کلید بازیابی', status.recoveryKey],
    ['اثبات‌شده', status.provenAtMs === undefined ? undefined : formatMoment(status.provenAtMs)],
    ['کلید خود', status.own ?? (status.writeOnly ? 'ندارد: این سرور تنها می‌نویسد' : undefined)],
    ['مشکل', status.problem],
    ['چه باید کرد', status.hint],
  ],
};

function stateOf({ enabled, recoveryKey }: KeyStatus): string {
  if (enabled) return 'روشن';
  return recoveryKey === undefined
    ? 'خاموش؛ با «kedge key create» آغاز می‌شود'
    : 'پیکربندی‌شده، و پشتیبانی گرفته نمی‌شود';
}
