# الاقتراحات: طلبها والاختيار من بينها وما أُرسل من أجلها.

suggestion-panel = الاقتراحات
suggestion-continue = متابعة
suggestion-rewrite = إعادة صياغة · { $instruction }
suggestion-brainstorm = عصف ذهني · { unit-ideas }
suggestion-pending = لك أن تأخذها أو تتركها
suggestion-way-take = أخذ
suggestion-way-take-word = كلمة
suggestion-way-stop = توقف واحتفاظ
suggestion-way-leave = ترك
suggestion-way-again = مرة أخرى
suggestion-no-instructions = لا يستطيع هذا النموذج اتباع التعليمات، بل يملأ الفراغ من الكلمات المحيطة به أيًّا كان المطلوب.
suggestion-strayed = تغيّر النص في هذه الأثناء
suggestion-strayed-why = جاءت هذه الكلمات لموضع لم يعد كما كان.
suggestion-insert = إدراج عند المؤشر

suggestion-ideas = الأفكار
suggestion-ideas-help = مفاتيح الأسهم أو الأرقام للاختيار، وEnter للأخذ، وEsc للترك.
suggestion-idea-done = اكتملت
suggestion-idea-writing = يكتب…
suggestion-idea-reading = يقرأ…

suggestion-ask = إعادة صياغة المحدَّد
suggestion-ask-how = كيف يُعاد صوغ المحدَّد؟
suggestion-ask-example = بحيوية أكثر وبالطول نفسه…
suggestion-ask-go = إعادة الصياغة
suggestion-ask-open = إعادة الصياغة…
# هذه أزرار، وتصل إلى النموذج كما هي.
suggestion-preset-shorter = أقصر
suggestion-preset-longer = أطول
suggestion-preset-livelier = أكثر حيوية
suggestion-preset-plainer = أبسط
suggestion-preset-past = بصيغة الماضي

# ما يقوله قارئ الشاشة.
suggestion-said-writing = يكتب…
suggestion-said-stopped = توقف.
suggestion-said-taken = أُخذ.
suggestion-said-not-taken = لم يؤخذ.
suggestion-said-back = عاد الاقتراح.
suggestion-said-nothing = لم يأتِ شيء.
suggestion-said-ideas = { unit-ideas }. مفاتيح الأسهم للاختيار، و{ key-enter } لأخذ واحدة، و{ key-escape } لتركها.
suggestion-said-words = الاقتراح: { unit-words }. { key-tab } لأخذه، و{ key-escape } لتركه.

suggestion-sent = ما أُرسل
suggestion-sent-heading = ما أُرسل · { NUMBER($used) } من { NUMBER($limit) } رمز
suggestion-sent-spoken = استُعمل { NUMBER($used) } من { NUMBER($limit) } رمز، وتُرك { NUMBER($reserved) } للجواب
suggestion-sent-part = { $part } { NUMBER($tokens) }
suggestion-sent-reserved = { NUMBER($reserved) } متروك للجواب
suggestion-sent-missing = لم يُرسل من { $part }: { unit-tokens }.
suggestion-sent-by = { $prompt } · البذرة { $seed } · { $model }
suggestion-part-prompt = الموجِّه
suggestion-part-before = القصة قبله
suggestion-part-selection = المحدَّد
suggestion-part-after = القصة بعده
suggestion-part-instruction = التعليمات
