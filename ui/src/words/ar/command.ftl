# أسماء الأوامر كما تعرضها قائمة الأوامر (Ctrl P) وصفحة المفاتيح. و`command-group-…` هي العناوين هناك.

command-group-stuck = عند التعثّر
command-group-offered = الاقتراحات
command-group-text = النص
command-group-page = الصفحة
command-group-manuscripts = المخطوطات
command-group-window = النافذة
command-group-model = النموذج

command-continue = المتابعة من موضع المؤشر
command-brainstorm = عصف ذهني: أفكار متعددة
command-rewrite = إعادة صياغة المحدَّد…
command-describe = وصف: ما تدركه الحواس
command-dialogue = حوار: ما يقولونه الآن
command-bridge = وصل ما قبل المؤشر بما بعده
command-summarise = تلخيص المحدَّد أو المشهد
command-outline = مخطط: قائمة خطوات
command-critique = نقد: ملاحظات في الهامش
command-check = فحص: ما يناقض المعلومات والمشاهد السابقة
command-remarks = إلى ملاحظات الهامش، أو أغلقها
command-unstick = أخرجني من التعثر: ما الذي ينقص؟
command-translate = ترجمة المحدَّد…
command-ask = طلب شيء: الإجراء والتعليمات والعدد والطول…
command-plan = الخطة: ما سيُرسل
command-inline = اقتراح كلمات قليلة عند التوقف: تشغيل أو إيقاف

command-take = أخذ الاقتراح أو الاستبدال
command-take-word = أخذ كلمة منه
command-take-sentence = أخذ جملة منه
command-below = إدراج الاقتراح تحته
command-both = الاحتفاظ بكليهما: الاقتراح بعد المحدَّد
command-mix = مزج جمل من صيغ متعددة
command-again = مرة أخرى بكلمات مختلفة
command-next = الصيغة التالية
command-previous = الصيغة السابقة
command-earlier = اقتراحات أقدم في هذا الموضع
command-later = اقتراحات أحدث في هذا الموضع
command-dismiss = صرف الكلمات التي لم تُطلب
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
command-new-scene = مشهد جديد
command-new-chapter = فصل جديد
command-new-part = جزء جديد
command-split = تقسيم المشهد عند المؤشر
command-merge = دمج مع المشهد التالي
command-next-scene = المشهد التالي
command-previous-scene = المشهد السابق
command-undo-tree = التراجع عن آخر خطوة في الشجرة
command-redo-tree = إعادة آخر خطوة في الشجرة
command-archive = ما وُضع جانبًا…
command-archive-manuscript = وضع هذه المخطوطة جانبًا
command-sample = البدء بعيّنة…
command-save = الحفظ الآن (يُحفظ النص تلقائيًا)

command-commands = الأوامر
command-keys = المفاتيح
command-nav = إظهار المخطوطات أو إخفاؤها
command-focus-nav = الانتقال إلى المخطوطات
command-focus-page = الانتقال إلى الصفحة
command-focus-panel = الذهاب إلى الاقتراحات
command-panel = إظهار الاقتراحات أو إخفاؤها
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
