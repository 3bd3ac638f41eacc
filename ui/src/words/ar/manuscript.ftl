# مخطوطات الكاتب وما يُقال عنها.

manuscript-list = المخطوطات
# لعدد مجرد إلى جانب مخطوطة.
manuscript-words = عدد الكلمات
manuscript-untitled = بلا عنوان
manuscript-copy = { $title } (هذه الصفحة)

manuscript-try-again = إعادة المحاولة
manuscript-other-version = كُتبت «{ $title }» بإصدار آخر من Foolscap ولا يمكن عرضها. لم يتغيّر فيها شيء.
manuscript-unsaved = كلماتك ما زالت هنا، وتُعاد محاولة الحفظ.
manuscript-close-again = أغلق النافذة مرة أخرى للخروج من دون الكلمات الأخيرة.
manuscript-conflict = عُدّلت هذه المخطوطة في مكان آخر منذ فتحها هنا. النسختان محفوظتان إلى أن تختار.
manuscript-keep-page = الاحتفاظ بهذه الصفحة
manuscript-keep-copy = الاحتفاظ بهذه الصفحة نسخةً وفتح الأخرى
