import { formatCount } from '../count.ts';
import type { Words } from '../language.ts';

export const fileFaultTexts: Words['fileFaults'] = {
  notAnObject: 'فایل باید یک شیء داشته باشد: { ... }',
  notAList: 'فایل باید یک فهرست داشته باشد: [ ... ]',
  unknownSetting: (name) => `«${name}» از تنظیمات رابط کاربری نیست`,
  notValid: 'معتبر نیست',
  changed: 'در این میان کس دیگری آن را ذخیره کرده است؛ ذخیرهٔ دوباره جای آن را می‌گیرد',
  inFile: (file, first, others) =>
    others === 0 ? `${file}، ${first}` : `${file}، ${first} (و ${formatCount(others)} مورد دیگر)`,
  notSaved:
    'هنوز ذخیره نشده است: این نادرست است. آن را درست کنید، یا برای انصراف متن را به حال خود بگذارید.',
  end: '(این سطرها خودبه‌خود برداشته می‌شوند)',
  place: (line, message) => `سطر ${line}: ${message}`,
};
