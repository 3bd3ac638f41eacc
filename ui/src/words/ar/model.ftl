# النموذج المستعمل: بطاقته واسمه في سطر الحالة.

model = النموذج
model-starter = نموذج صغير للتجربة
model-here = على هذا الجهاز
model-loading = يجري تحميله، وما تطلبه في هذه الأثناء ينتظره.
model-stop-loading = إيقاف التحميل
model-resting = ليس في الذاكرة الآن، ويُحمَّل من جديد حين تطلب منه شيئًا.
model-billions = { NUMBER($n, minimumFractionDigits: 1, maximumFractionDigits: 1) } مليار وزن
model-millions = { NUMBER($n, maximumFractionDigits: 0) } مليون وزن
model-sees = ما يراه دفعة واحدة: { unit-tokens }
model-device = يحسب على: { $device }.
model-starter-long = هذا نموذج صغير للتجربة جاء مع Foolscap كي يعمل كل شيء قبل تنزيل أي شيء. وهو يشرد وينسى من في الغرفة ولا يستطيع اتباع التعليمات: فإعادة الصياغة تملأ الفراغ من الكلمات المحيطة به أيًّا كان المطلوب.
model-base = يتابع النص لكنه لا يستطيع اتباع التعليمات: فإعادة الصياغة تملأ الفراغ من الكلمات المحيطة به.
model-instruct = يتبع التعليمات.
model-real = للكتابة بنموذج حقيقي
model-real-how = في «النماذج» قائمة بما يصلح منها للكتابة وما يناسب هذا الجهاز. والملف الذي لديك يُقرأ من مكانه، ولا يُرسل شيء إلى أي مكان.
model-find = البحث عن نموذج مناسب…
model-choose = اختيار ملف نموذج…
model-use-starter = استعمال نموذج البداية
