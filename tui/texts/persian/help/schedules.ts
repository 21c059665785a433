export const schedules = `
  kedge schedule set nightly --full 'daily 02:00' --differential 'every 4 hours' --delete-older-than '30 days'
  kedge schedule preview nightly --full 'weekly sunday 02:00'
  kedge schedule show nightly

در نمای 4 «c» فرم را باز می‌کند و «e» زمان‌بندی انتخاب‌شده را تغییر می‌دهد. معنای آن، ده اجرای بعدی و آنچه اکنون حذف می‌شد، پیش
از ذخیره در کنار فرم آمده است.

## زمان
- --full 'daily 02:00'، 'weekly sunday 02:00'، 'monthly 1 02:00'، یا --cron '0 2 * * 1-5'
- --differential 'every 4 hours' از کامل شمرده می‌شود و جای خود را به کامل بعدی می‌دهد
- --not-between '08:00-18:00 mon-fri' اجراها را تا پایان آن ساعت‌ها نگه می‌دارد
- --zone Europe/Berlin؛ بدون آن منطقهٔ زمانی همین سرور

روز ماه در 'monthly' و در cron روز ماه میلادی است. در هر روز، هفته یا ماه محلی یک اجرا، هر چه ساعت بکند: زمانی که در بهار جا
می‌افتد درست پس از آن اجرا می‌شود، زمانی که در پاییز دو بار می‌آید یک بار.

## اگر چیزی در میان آید
پس از خاموشی، یک اجرا جای همهٔ جامانده‌ها را می‌گیرد (--if-missed run، skip یا یک عمر). اجرای ناموفق پس از ۵، ۱۵ و ۴۵ دقیقه دوباره
آزموده می‌شود (--retries). اجرایی که بیش از --deadline ساعت طول بکشد لغو می‌شود و ناموفق است.

  kedge schedule skip nightly
  kedge schedule pause nightly
  kedge schedule run nightly --kind full

## ماه
  kedge calendar

اجراها با نتیجهٔ آن‌ها، آنچه در پیش است، پشتیبان‌های دستی، راستی‌آزمایی‌ها و تمرین‌ها، روز به روز. «:» و «نمایش تقویم» همین را
نشان می‌دهد.
`;
