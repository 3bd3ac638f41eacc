# أسماء الأوامر كما تعرضها قائمة الأوامر (Ctrl P) وصفحة المفاتيح. و`command-group-…` هي العناوين هناك.

command-group-stuck = عند التعثّر
command-group-text = النص
command-group-page = الصفحة
command-group-manuscripts = المخطوطات
command-group-window = النافذة
command-group-model = النموذج

command-continue = المتابعة من موضع المؤشر
command-brainstorm = عصف ذهني: أفكار متعددة
command-rewrite = إعادة صياغة المحدَّد…
command-take = أخذ الاقتراح
command-take-word = أخذ كلمة منه
command-again = مرة أخرى بكلمات مختلفة
command-next = الفكرة التالية
command-previous = الفكرة السابقة
command-stop = التوقف والاحتفاظ بما جاء
command-leave = ترك الاقتراح

command-undo = تراجع
command-redo = إعادة
command-emphasis = تشديد
command-strong = تشديد قوي
command-chapter = عنوان فصل (# ثم مسافة)
command-section = عنوان قسم (## ثم مسافة)
command-paragraph = فقرة عادية
command-quotation = اقتباس (> ثم مسافة)
command-break = فاصل بين المشاهد (***)
command-note = ملاحظة لنفسي (%% ثم مسافة)
command-marks = إظهار الكلمات التي كتبتها الآلة أو إخفاؤها

command-focus-paragraph = تركيز: الفقرة التي أكتبها
command-focus-sentence = تركيز: الجملة التي أكتبها
command-typewriter = آلة كاتبة: يبقى السطر في مكانه
command-larger = نص أكبر
command-smaller = نص أصغر
command-usual-size = النص بحجمه المعتاد
command-typography = العلامات الطباعية: تشغيل أو إيقاف

command-new = مخطوطة جديدة
command-open = فتح مخطوطة…
command-rename = تغيير عنوان هذه المخطوطة
command-sample = البدء بعيّنة…
command-save = الحفظ الآن (يُحفظ النص تلقائيًا)

command-commands = الأوامر
command-keys = المفاتيح
command-nav = إظهار المخطوطات أو إخفاؤها
command-focus-nav = الانتقال إلى المخطوطات
command-focus-page = الانتقال إلى الصفحة
command-focus-panel = الانتقال إلى الاقتراحات
command-sent = إظهار آخر ما أُرسل أو إخفاؤه
command-settings = الإعدادات: الكلمات والأفكار والحرية والمظهر واللغة…
command-light = المظهر: فاتح
command-dark = المظهر: داكن
command-system = المظهر: كما في النظام
command-language-system = اللغة: كما في النظام
command-language = اللغة: { $language }

command-model = حول هذا النموذج…
command-models = النماذج: البحث عن نموذج مناسب وجلبه واستعماله
command-stop-loading = إيقاف تحميل النموذج
command-choose-model = اختيار ملف نموذج…
command-starter = استعمال نموذج البداية
