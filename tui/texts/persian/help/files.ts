export const files = `
## پشتیبان بدون Kedge
  tar --zstd -xf clinic_2026-11-21T02-00-00+0330_full.tar.zst
  sha256sum -c .kedge/SHA256SUMS

با root این‌ها را بیفزایید: -p --numeric-owner --xattrs --xattrs-include='*' --acls. پشتیبان رمزشده به .age پایان می‌یابد:

  age -d -i recovery-key.txt FILE.tar.zst.age | tar --zstd -x

تفاضلی به‌تنهایی فایل‌های تازه و فایل‌های کوچک تغییریافته را دارد؛ جمع‌آزماها آنگاه آنچه را به کامل نیاز دارد نام می‌برند. هر بایگانی در
.kedge/README.txt می‌گوید چگونه دستی بازیابی می‌شود.

## آنچه در آن هست
- SOURCE/PATH: فایل‌ها، چنان که بودند
- .kedge/application.jsonc: پیکربندی، بدون رازها
- .kedge/SHA256SUMS، .kedge/index، .kedge/README.txt

نام فایل برنامه، زمان محلی با اختلاف آن، و full یا diff را می‌گوید، با تاریخ میلادی؛ پشتیبانی که نام داده‌اید همان نام را دارد.

## هر چیز کجاست
- نصب‌شده: /etc/kedge/kedge.jsonc، /var/lib/kedge، /run/kedge/kedge.sock
- وگرنه: $KEDGE_HOME، یا ~/.config/kedge/kedge.jsonc و ~/.local/state/kedge
- در هر مقصد: بایگانی‌ها، .kedge-store.json (نشانه)، .kedge-trash (حذف‌شده‌ها)
- از این پنجره: ~/.local/state/kedge/workbench.json

در پوشهٔ سوابق catalogue.sqlite را می‌توان حذف کرد: از بایگانی‌ها دوباره ساخته می‌شود. state.sqlite و journal/ را نه.

## پیکربندی
JSON با توضیح؛ توضیح‌ها در هر تغییری که Kedge می‌دهد می‌مانند. تغییر معتبر بی‌درنگ اثر می‌کند؛ تغییر نامعتبر آخرین پیکربندی درست را برقرار
می‌گذارد و با سطر آن در «مشکل‌ها» می‌آید.

  kedge config edit
  kedge config check new.jsonc
`;
