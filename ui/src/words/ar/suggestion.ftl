# الاقتراحات: ما يُعرض، والاختيار من بينه، وما يمكن فعله به.

suggestion-panel = الاقتراحات
suggestion-heading-ways = { $action } · { unit-candidates }
suggestion-heading-ideas = { $action } · { unit-ideas }
suggestion-of = { $at } من { $of }
suggestion-pending = لك أن تأخذها أو تتركها
suggestion-no-instructions = لا يستطيع هذا النموذج اتباع التعليمات، بل يملأ الفراغ من الكلمات المحيطة به أيًّا كان المطلوب.
suggestion-adrift = تغيّر النص في هذه الأثناء
suggestion-adrift-why = كانت هذه الكلمات لموضع لم يعد كما كان.

# بجانب المفاتيح.
suggestion-way-take = أخذ
suggestion-way-replace = استبدال
suggestion-way-take-word = كلمة
suggestion-way-take-sentence = جملة
suggestion-way-stop = توقف واحتفاظ
suggestion-way-leave = ترك
suggestion-way-again = مرة أخرى
# على الأزرار.
suggestion-do-take = أخذ
suggestion-do-replace = استبدال
suggestion-do-below = إدراج تحته
suggestion-do-both = الاحتفاظ بكليهما
suggestion-do-mix = مزج…
suggestion-insert = إدراج عند المؤشر
suggestion-copy = نسخ
suggestion-note = حفظ ملاحظةً
suggestion-more = المزيد من هذا
# تصل إلى النموذج كما هي.
suggestion-more-like = من هذا النوع ولكن مختلفًا: «{ $text }»
suggestion-plan = الخطة…
suggestion-inserted = أُدرجت
suggestion-copied = نُسخت

suggestion-cards = الصيغ
suggestion-cards-help = مفاتيح الأسهم أو الأرقام للاختيار، وEnter للأخذ، وEsc للترك.
suggestion-card-done = اكتملت
suggestion-card-writing = يكتب…
suggestion-card-reading = يقرأ…
suggestion-ideas = الأفكار
suggestion-ideas-help = مفاتيح الأسهم أو الأرقام للاختيار، وEnter للإدراج عند المؤشر، وC للنسخ، وN للحفظ ملاحظةً، وM لطلب المزيد، وEsc للترك.
suggestion-candidates = الصيغ
suggestion-step-previous = الصيغة السابقة
suggestion-step-next = الصيغة التالية

# ما طُلب قبلها وبعدها في الموضع نفسه.
suggestion-walk = الاقتراحات في هذا الموضع
suggestion-walk-earlier = أقدم
suggestion-walk-later = أحدث
suggestion-no-earlier = لم يُقترح هنا شيء من قبل.
suggestion-no-later = لم يُقترح هنا شيء من بعد.
suggestion-since = طُلب في { $when }
# All of a scene, whatever their place.
suggestion-earlier = اقتراحات هذا المشهد
suggestion-earlier-now = في هذه الجلسة
suggestion-earlier-taken = أُخذ منه
suggestion-earlier-none = لم يُقترح شيء في هذا المشهد بعد.
suggestion-earlier-help = مفاتيح الأسهم تختار، و{ key-enter } يعرضه من جديد، و{ key-escape } يغلق.

suggestion-changes = التغييرات
suggestion-changes-help = مفاتيح الأسهم للتنقل بين التغييرات، والمسافة لأخذ تغيير أو تركه، وEnter للاستبدال.
suggestion-changes-taken = { unit-changes }، أُخذ منها { $taken }
suggestion-changes-all = أخذ كل التغييرات
suggestion-changes-none = ترك كل التغييرات
suggestion-change = «{ $before }» تصير «{ $after }»
suggestion-change-gone = تُحذف «{ $before }»
suggestion-change-new = تُضاف «{ $after }»

suggestion-mix = جمل للاختيار
suggestion-mix-help = النقر أو المسافة لاختيار الجملة التالية، وBackspace لإعادة الأخيرة، وEnter لأخذ النص.
suggestion-mix-own = كما هو
suggestion-mix-candidate = الصيغة { $n }
suggestion-mix-text = نصّك
suggestion-mix-empty = لم يُختر شيء بعد.
suggestion-mix-back = إعادة واحدة
suggestion-mix-end = إنهاء المزج

suggestion-instruction = التعليمات
suggestion-instruction-example = أي شيء آخر مطلوب
suggestion-instruction-send = للطلب بها مرة أخرى

suggestion-elsewhere = في «{ $scene }»
suggestion-elsewhere-go = الذهاب إلى هناك
suggestion-elsewhere-stop = إيقاف
suggestion-elsewhere-done = الاقتراحات جاهزة في «{ $scene }».

suggestion-menu = ما يمكن طلبه
suggestion-menu-ask = طلب شيء…

# ما يقوله قارئ الشاشة.
suggestion-said-writing = يكتب…
suggestion-said-stopped = توقف.
suggestion-said-taken = أُخذ.
suggestion-said-not-taken = لم يؤخذ.
suggestion-said-back = عاد الاقتراح.
suggestion-said-nothing = لم يأتِ شيء.
suggestion-said-noted = حُفظ في ملاحظة.
suggestion-said-copied = نُسخ.
suggestion-said-not-copied = لم يسمح النظام بالنسخ.
suggestion-said-adrift = تغيّر النص في هذه الأثناء، وما جاء معروض بجانب الصفحة.
suggestion-said-ideas = { unit-ideas }. مفاتيح الأسهم للاختيار، و{ key-enter } لإدراج واحدة، و{ key-escape } لتركها.
suggestion-said-several = الاقتراح: { unit-candidates }. { key-tab } لأخذ التي في الصفحة، و{ key-escape } لتركها.
suggestion-said-words = الاقتراح: { unit-words }. { key-tab } لأخذه، و{ key-escape } لتركه.
suggestion-said-changes = الاقتراح: { unit-changes }. { key-tab } للاستبدال، و{ key-escape } لترك النص كما هو.
