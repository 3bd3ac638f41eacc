# البحث عن نموذج مناسب وجلبه والعناية بالموجود.

models = النماذج
models-back = العودة إلى الصفحة
models-here = الموجودة
models-found = وُجدت على هذا الجهاز
models-arriving = في الطريق
models-find = البحث عن نموذج مناسب
models-nothing-sent = لا يُرسل شيء إلى أي مكان، ولا تنزيل إلا بطلب منك
models-cores = { $cores ->
    [zero] لا أنوية
    [one] نواة واحدة
    [two] نواتان
    [few] { $cores } أنوية
    [many] { $cores } نواة
   *[other] { $cores } نواة
}
models-memory = { $all }، منها { $free } حرة
models-reads = يقرأ { NUMBER($gigabytes, maximumFractionDigits: 0) } غ.ب/ث
models-unmeasured = لم يُقَس بعد
models-does-not-fit = غير مناسب

# الفهرس.
models-about = كل نموذج يعمل هنا بلا شبكة. والأكبر يكتب أفضل وأبطأ. الأحجام والسرعات لهذا الجهاز.
models-about-unmeasured = كل نموذج يعمل هنا بلا شبكة. والأكبر يكتب أفضل وأبطأ. الأحجام والسرعات لهذا الجهاز؛ قِسه مرة واحدة لترى السرعات.
models-words = كلمة: German أو Apache أو dialogue…
models-search = البحث في الفهرس
models-column-model = النموذج
models-column-good = يجيد
models-column-download = التنزيل
models-column-memory = الذاكرة عند 8k
models-column-expected = السرعة المتوقعة
models-column-ways = ما يمكن فعله
models-carries-on = يتابع النص
models-by-size = تقريبًا، بحسب حجمه وحده.
models-speed = { NUMBER($tokens, maximumFractionDigits: 0) } رمز/ث
models-coming = في الطريق
models-in-use = مستعمل الآن
models-use = استعماله
models-get = جلبه
models-get-if = جلبه إن كان مناسبًا
models-none-match = لا شيء في الفهرس يضم كل هذه الكلمات. وفي مركز النماذج المزيد.
models-beyond = { $n ->
    [zero] لا نماذج أخرى غير مناسبة
    [one] نموذج آخر غير مناسب
    [two] نموذجان آخران غير مناسبين
    [few] { $n } نماذج أخرى غير مناسبة
    [many] { $n } نموذجًا آخر غير مناسب
   *[other] { $n } نموذج آخر غير مناسب
}
models-any-other = نموذج آخر من مركز النماذج…
models-use-file = استعمال ملف…
models-use-folder = استعمال مجلد…
models-measuring = يجري القياس، حتى 20 ثانية…
models-measure-again = القياس من جديد
models-measure = قياس هذا الجهاز

# هل يناسب، بكلمات قليلة وبجمل.
models-fits = مناسب
models-tight = بالكاد: يبقى { $left }
models-no-disk = لا مكان على القرص
models-no-fit = غير مناسب
models-nearest = { $why }. الأقرب: { $nearest }
models-look-fits = مناسب: يحتاج من الذاكرة إلى { $needed } عند سياق طوله { unit-tokens }، والحر منها { $free }.
models-look-tight = بالكاد: يحتاج من الذاكرة إلى { $needed } عند سياق طوله { unit-tokens }، فيبقى منها { $left }.
models-look-no-disk = لا مكان له على القرص؛ ويحتاج من الذاكرة إلى { $needed }.
models-look-no-fit = غير مناسب: يحتاج من الذاكرة إلى { $needed } عند سياق طوله { unit-tokens }، والحر منها { $free }.
models-longest = أطول سياق مناسب: { unit-tokens }.
models-download = حجم التنزيل: { $size }.
models-download-room = حجم التنزيل: { $size }؛ والحر على القرص { $free }.
models-in-files = { $files ->
    [zero] { $size } بلا ملفات
    [one] { $size } في ملف واحد
    [two] { $size } في ملفين
    [few] { $size } في { $files } ملفات
    [many] { $size } في { $files } ملفًا
   *[other] { $size } في { $files } ملف
}
models-expected = { $tokens ->
    [zero] أقل من رمز في الثانية.
    [one] نحو رمز واحد في الثانية.
    [two] نحو رمزين في الثانية.
    [few] نحو { $tokens } رموز في الثانية.
    [many] نحو { $tokens } رمزًا في الثانية.
   *[other] نحو { $tokens } رمز في الثانية.
}
models-expected-slow = نحو رمز واحد في الثانية أو أقل.

# نموذج في الطريق.
models-asking = يُسأل عنه…
models-checking = يُقرأ ما جاء: { $of }
models-of = { $done } من { $total }
models-left = بقي { $time }
models-waiting = { $of } · محاولة جديدة بعد { $time }
models-finishing = على وشك الاكتمال…
models-converting = يُحوَّل إلى GGUF: { $of }
models-paused = موقوف عند { $of }
models-paused-first = موقوف عند البداية
models-not-begun = لم يُجلب شيء بعد
models-done = وصل
models-get-instead = جلب { $model } بدلًا منه
models-get-forced = جلبه على أي حال
models-leave = تركه
models-go-on = متابعة
models-try-again = إعادة المحاولة
models-remove = إزالة
models-cancel = إلغاء
models-pause = إيقاف مؤقت
models-token = رمز الوصول إلى مركز النماذج
models-use-token = استعمال هذا الرمز

# مركز النماذج.
models-hub = نموذج آخر من مركز النماذج
models-hub-about = ما تبحث عنه يُرسل إلى مركز النماذج (huggingface.co أو ما تحدده الإعدادات)، ولا يُرسل غيره. ويُسمّى المستودع بصيغة المالك/الاسم.
models-hub-search = البحث في مركز النماذج
models-hub-example = ‏mistral nemo أو المالك/الاسم
models-hub-go = بحث
models-hub-asking = يُسأل مركز النماذج…
models-hub-back = العودة إلى النتائج
models-hub-more-files = { $files ->
    [zero] بلا ملفات أخرى
    [one] وملف آخر
    [two] وملفان آخران
    [few] و{ $files } ملفات أخرى
    [many] و{ $files } ملفًا آخر
   *[other] و{ $files } ملف آخر
}
models-hub-no-file = ليس فيه ملف GGUF. ابحث عن مستودع ينتهي اسمه بـ GGUF.
models-hub-downloads = { $n ->
    [zero] لا تنزيلات
    [one] تنزيل واحد
    [two] تنزيلان
    [few] { $n } تنزيلات
    [many] { $n } تنزيلًا
   *[other] { $n } تنزيل
}
models-hub-gated = بشروط
models-hub-none = ليس في مركز النماذج نموذج GGUF بهذه الكلمات.

# صفحة نموذج واحد.
models-source-starter = جاء مع Foolscap
models-source-hub = مركز النماذج
models-source-file = ملف
models-source-copy = نسخة
models-source-hub_cache = مخزن مركز النماذج
models-needs = { $verdict }: يحتاج من الذاكرة إلى { $needed } عند سياق طوله { unit-tokens }.
models-drew = { $rate ->
    [zero] كانت سرعته عند آخر استعمال أقل من رمز في الثانية.
    [one] كانت سرعته عند آخر استعمال رمزًا واحدًا في الثانية.
    [two] كانت سرعته عند آخر استعمال رمزين في الثانية.
    [few] كانت سرعته عند آخر استعمال { $rate } رموز في الثانية.
    [many] كانت سرعته عند آخر استعمال { $rate } رمزًا في الثانية.
   *[other] كانت سرعته عند آخر استعمال { $rate } رمز في الثانية.
}
models-keep-listed = إبقاؤه في القائمة
models-delete = حذف { $size } من القرص
models-unlist = إخراجه من القائمة مع بقاء ملفه
models-deleted = أُزيل “{ $name }”. تُحذف { $size } من القرص حين تختفي هذه الرسالة.
models-unlisted = لم يعد “{ $name }” في القائمة؛ ويبقى ملفه.
models-use-other = استعمل نموذجًا آخر أولًا.
models-settings = ما يسري عليه
models-reset = العودة إلى ما يقوله النموذج
models-facts = ما يقوله ملفه
models-setting-context = السياق
models-setting-threads = خيوط المعالجة
models-setting-device = يحسب على
models-setting-gpu_layers = الطبقات على البطاقة
models-setting-kv_type = المفاتيح والقيم
models-setting-temperature = الحرارة
models-setting-top_p = top p
models-setting-top_k = top k
models-setting-min_p = min p
models-setting-template = القالب
models-setting-style = النوع
models-choice-style-instruct = يتبع التعليمات
models-choice-style-base = يتابع النص
models-choice-device-cpu = المعالج
models-choice-device-gpu = بطاقة الرسوم بقدر ما تتسع
models-choice-kv_type-f16 = 16 بت
models-choice-kv_type-q8_0 = 8 بت: نصف الذاكرة
models-fact-name = الاسم
models-fact-architecture = البنية
models-fact-parameters = المعاملات
models-fact-quantization = التكميم
models-fact-file = الملف
models-fact-context = السياق
models-fact-layers = الطبقات
models-fact-tokenizer = المجزِّئ
models-fact-chat_template = قالب المحادثة
models-fact-licence = الترخيص
models-fact-memory = الذاكرة
models-fact-runs_here = يعمل هنا
models-fact-path = المسار

# تجربته.
models-try = تجربته على عيّنة
models-try-again-sample = مرة أخرى
models-try-stop = توقف
models-try-reading = يقرأ العيّنة…
models-try-wrote = كتب بسرعة { $wrote } رمز في الثانية.
models-try-read-wrote = قرأ بسرعة { $read } وكتب بسرعة { $wrote } رمز في الثانية.
