export const install = `
  sudo kedge install --config kedge.jsonc --dry-run
  sudo kedge install --config kedge.jsonc
  sudo kedge uninstall --dry-run

اجرای آزمایشی هر فایل و هر فرمان را با علت آن نشان می‌دهد. پس از آن Kedge با کاربر سیستمی «kedge» در واحدی سخت‌گیرانه کار می‌کند، با
مجوزهایی نه بیش از نیاز منبع‌های شما.

- برنامه: /opt/kedge/VERSION، فرمان: /usr/local/bin/kedge
- پیکربندی: /etc/kedge/kedge.jsonc، سوابق: /var/lib/kedge، سوکت: /run/kedge/kedge.sock
- صفحهٔ راهنما و تکمیل خودکار bash، zsh و fish زیر /usr/local/share
- یک قاعدهٔ polkit، درست برای واحدهای پیکربندی‌شده

آنچه از دیگران در جایی باشد که Kedge می‌نویسد، با نام NAME.kedge-old نگه داشته می‌شود.

## پس از آن
پس از تغییر منبع‌ها، مقصدها یا واحدها: دوباره sudo kedge install. جایی که همه چیز درست است تغییری نمی‌دهد.

## ارتقا
همان فرمان از بستهٔ تازه‌تر. در انتظار کارهای در جریان می‌ماند (--wait-for-jobs SECONDS)، رونوشتی از سوابق نگه می‌دارد، و اگر نسخهٔ تازه
در ۶۰ ثانیه پاسخ ندهد به نسخهٔ پیشین و آن رونوشت برمی‌گردد (کد خروج 9).

## برداشتن
"uninstall" پشتیبان‌ها، پیکربندی، سوابق و کاربر را می‌گذارد و نام می‌برد. --purge همه را جز پشتیبان‌ها برمی‌دارد و می‌خواهد که نام برنامه
نوشته شود.

## بدون نصب
همه چیز در $KEDGE_HOME است اگر تعیین شده باشد، وگرنه در ~/.config/kedge و ~/.local/state/kedge. «kedge daemon» در پیش‌زمینه اجرا می‌شود.
تکمیل خودکار بدون نصب:

  source <(kedge completion bash)
`;
