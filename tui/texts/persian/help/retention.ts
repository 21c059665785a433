export const retention = `
تا قاعده‌ای نگوید چیزی حذف نمی‌شود.

  kedge schedule set nightly --delete-older-than '30 days' --keep last=7,weekly=4,monthly=12
  kedge retention preview
  kedge retention run

- "delete older than" آنچه را کهنه‌تر است رها می‌کند
- "keep" آنچه را با این همه می‌ماند نام می‌برد: شماری از تازه‌ترین‌ها، و تازه‌ترین هر روز، هفته، ماه و سال
- "maxBytes" یک مقصد کهنه‌ترین‌ها را برمی‌دارد تا بقیه جا شوند

پیش‌نمایش برای هر پشتیبان می‌گوید می‌ماند یا می‌رود، چرا، و تا کی.

## هرگز با قاعده
تازه‌ترین کامل خوب، کاملی که تفاضلی‌ای هنوز به آن نیاز دارد، سنجاق‌شده، دستی، نقطهٔ بازگشت، آنچه به کار می‌رود، از نصبی دیگر، یا آنچه
هنوز در مقصد دوم نیست. تا آخرین اجرا ناموفق است، مقصدی خارج از دسترس است، یا یک روز پس از تنظیم ساعت، چیزی نمی‌رود.

## سطل بازیافت
آنچه می‌رود ۷ روز در سطل بازیافت مقصد خود می‌ماند ("trashDays").

  kedge trash list
  kedge trash restore 0f3a9c1e
  kedge trash empty

## سنجاق
  kedge backup pin latest --reason 'end of the year'
  kedge backup unpin ID

## دستگاه منتقل‌شده یا رونوشت‌شده
Kedge درمی‌یابد که روی دستگاه دیگری اجرا می‌شود، با قاعده چیزی حذف نمی‌کند، و می‌پرسد: kedge installation moved، یا
kedge installation copy.
`;
