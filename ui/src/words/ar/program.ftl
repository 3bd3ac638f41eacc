# نصوص يقولها البرنامج بالإنجليزية، وهي في الملف الإنجليزي حرفًا بحرف تحت الأسماء نفسها.

# ما يجيده نموذج من الفهرس.
program-good-quick-smallest = أفكار سريعة على أصغر جهاز
program-good-quick-long = أفكار سريعة ونصوص طويلة
program-good-quick-rewriting = أفكار سريعة وإعادة الصياغة
program-good-short = مقاطع قصيرة بنبرة خفيفة
program-good-fast-long = أجوبة سريعة ونصوص طويلة
program-good-open-data = صُنع علنًا ببياناته كلها
program-good-open-company = صُنع علنًا، وصحبته طيبة
program-good-rewriting-long = إعادة الصياغة والنصوص الطويلة
program-good-summaries = الملخصات والنثر الواضح
program-good-own-voice = متابعة القصة بنبرتها نفسها
program-good-dialogue-rewriting = الحوار وإعادة الصياغة
program-good-european-rewriting = اللغات الأوروبية وإعادة الصياغة
program-good-european-long = اللغات الأوروبية والنثر الطويل
program-good-outlines = المخططات والنقد
program-good-voice = النبرة والحوار
program-good-voice-time = النبرة والحوار في وقت قصير
program-good-voice-long = النبرة والحوار والنثر الطويل
program-good-everything-long = كل شيء، والنصوص الطويلة
program-good-everything-small = كل ما يستطيعه جهاز صغير
program-good-long-critique = النثر الطويل والنقد
program-good-long-choice = النثر الطويل، وهو اختيار كثير من الكتّاب

# اللغات التي يعرفها.
program-languages-many = لغات كثيرة
program-languages-english = الإنجليزية
program-languages-more = عدد اللغات { $n } وأكثر
program-languages = عدد اللغات { $n }

# ما يسري على النموذج حين لا يُضبط شيء.
program-default-context = { $n } بقدر ما تتسع الذاكرة
program-default-threads = { $n }، واحد لكل نواة نافعة
program-default-card = بطاقة الرسوم إن وُجدت
program-default-processor = المعالج: هذا الإصدار لا يعرف بطاقة
program-default-layers = ما يتسع من { $n }
program-default-bits = 16 بت
program-default-prompt = كما يقول الموجِّه
program-default-maker = { $n } كما يوصي صانعه
program-default-template = قالب النموذج نفسه
program-default-none = لا شيء
program-default-instruct = كما هو النموذج: يتبع التعليمات
program-default-base = كما هو النموذج: يتابع النص

# لماذا تُرك جزء من القصة.
program-left-out-fills = يملأ النموذج الفراغ من الكلمات المحيطة به.
program-left-out-carries-on = هذا النموذج يتابع النص ولا يتبع التعليمات.
program-left-out-beginning = لا يرى النموذج أكثر من ذلك دفعة واحدة، فتُركت البداية.
program-left-out-end = لا يرى النموذج أكثر من ذلك دفعة واحدة، فتُركت النهاية.
program-left-out-before = هذا الموجِّه لا يستعمل النص الذي قبل الموضع.
program-left-out-after = هذا الموجِّه لا يستعمل النص الذي بعد الموضع.
program-left-out-selected = هذا القالب لا يستعمل ما حُدّد
program-left-out-place = لا مكان له في هذا القالب

# ما يقوله ملف النموذج.
program-fact-yes = نعم
program-fact-base = لا شيء (نموذج أساس: يتابع النص)
program-fact-tokens = عدد الرموز { $n }
program-fact-memory = { $weights } للأوزان و{ $context } لسياق كامل

# مدى اتفاق الحَكَم، ولماذا لم يقل شيئًا.
program-judge-few = لم يحكم الاثنان معًا إلا في { $n } من الأزواج؛ ويلزم { $least }
program-judge-one = أعطى كلاهما دائمًا الحكم نفسه، وهذا لا يقول شيئًا عن الاتفاق
program-judge-far = كابا { $kappa } في { $n } من الأزواج؛ ويلزم { $least } على الأقل
program-judge-near = كابا { $kappa } في { $n } من الأزواج
program-judge-alike = يقول الشيء نفسه عن جميع الأجوبة ({ $n })، فلا يميّز أيًّا منها
program-judge-unread = تعذرت قراءة جوابه
program-judge-turned = أعطى نقاطًا أخرى حين عُكس ترتيب المعايير
program-judge-changed = قال غير ذلك حين تبادل الجواب والمرجع مكانيهما
program-judge-invented = يقول إن الجواب يناقض، ويقتبس كلمات ليست فيه

# ما تُقاس به الأجوبة.
program-check-contains-not = لا يحتوي { $texts }
program-check-contains = يحتوي { $texts }
program-check-matches-not = لا يطابق { $pattern }
program-check-matches = يطابق { $pattern }
program-check-repetition = لا يكرر نفسه
program-check-phrases = بلا عبارات مستهلكة
program-check-first = ضمير المتكلم
program-check-second = ضمير المخاطب
program-check-third = ضمير الغائب
program-check-past = الزمن الماضي
program-check-present = الزمن الحاضر
program-check-same-language = اللغة نفسها
program-check-into = لغة الترجمة
program-check-language = اللغة { $language }
