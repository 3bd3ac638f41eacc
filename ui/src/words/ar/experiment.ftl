# التجارب: ما يُقارَن، وكيف تسير، وما نتج عنها.

experiment = تجربة
experiment-new = تجربة جديدة
experiment-new-about = كل مطالبة تجيب عن كل مقطع، بكل نموذج وكل إعداد، مرات بهذا العدد. البذور نفسها للجميع، فما يختلف هو المطالبة. وتنتظر التجربة كلما طلبت أنت شيئًا.
experiment-name = الاسم
experiment-name-example = أقصر أم كما جاءت؟
experiment-prompts = المطالبات
experiment-action = الإجراء
experiment-models = النماذج
experiment-elsewhere = ليس على هذا الجهاز
experiment-arm-elsewhere = { $arm } ({ experiment-elsewhere })
experiment-elsewhere-warning = تُرسَل المقاطع وما يقوله المشروع معها إلى نموذج ليس على هذا الجهاز.
experiment-endpoint-add = أضف نموذجًا في مكان آخر…
experiment-endpoint-about = ما يُجرَّب هناك يغادر هذا الجهاز: المقاطع وكل ما يُقال معها.
experiment-endpoint-address = العنوان (واجهة OpenAI)
experiment-endpoint-model = اسمه هناك
experiment-endpoint-key = متغير البيئة الذي فيه المفتاح
experiment-endpoint-chat = يُسأل كمحادثة
experiment-endpoint-take = أضفه
experiment-endpoint-remove = اتركه
experiment-settings = الإعدادات
experiment-settings-add = أضف صف إعدادات
experiment-settings-remove = أخرج الصف
experiment-passages = المقاطع
experiment-set = تُجرَّب على
experiment-set-of = { $name }: { NUMBER($n) }
experiment-repeats = عدد المرات لكل منها
experiment-repeats-hint = ابتداءً من { NUMBER($n) } مرات يُذكَر أيضًا أين تتناقض الأجوبة.
experiment-told = أرسل معها معارف المخطوطة وملاحظاتها وملخصاتها
experiment-makes = { NUMBER($prompts) } من المطالبات × { NUMBER($models) } من النماذج × { NUMBER($settings) } من الإعدادات × { NUMBER($passages) } من المقاطع × { NUMBER($repeats) } من المرات: الأجوبة القادمة: { NUMBER($answers) }.
experiment-makes-many = يستغرق ذلك ساعات على معظم الأجهزة. ويمكن إيقافها مؤقتًا في أي وقت.
experiment-makes-none = لا شيء يُقارَن بعد: اختر مطالبة ونموذجًا ومقاطع.
experiment-begin = ابدأ
experiment-plan-prompts = المطالبات: { NUMBER($n) }
experiment-plan-models = النماذج: { NUMBER($n) }
experiment-plan-settings = الإعدادات: { NUMBER($n) }
experiment-plan-passages = المقاطع: { NUMBER($n) }
experiment-plan-repeats = عدد المرات: { NUMBER($n) }
experiment-plan-seed = البذرة { $seed }

experiment-progress = الأجوبة الموجودة
experiment-answers-of = { NUMBER($done) } من { NUMBER($total) } من الأجوبة
experiment-state-paused = متوقفة مؤقتًا
experiment-state-waiting = تنتظر غيرها
experiment-state-loading = تحمّل نموذجًا
experiment-state-running = جارية
experiment-state-yielding = تنتظر بينما تعمل أنت مع الآلة
experiment-state-done = انتهت
experiment-failed = تعذّر إنشاؤها: { NUMBER($n) }
experiment-pause = أوقف مؤقتًا
experiment-go-on = واصل
experiment-retry = أعد محاولة هذه
experiment-choose = اختر دون معرفة الصاحب
experiment-use-winner = استعمل الفائزة
experiment-run-winner = اكتب بالفائزة
experiment-archive = ضعها جانبًا
experiment-archived = وُضعت «{ $name }» جانبًا.
experiment-none-yet = لا جواب بعد. تظهر الأولى هنا حالما تصل.
experiment-said-begun = «{ $name }» جارية.
experiment-said-paused = «{ $name }» متوقفة مؤقتًا.
experiment-said-done = انتهت «{ $name }».
experiment-said-failed = وصلت «{ $name }» إلى حيث أمكن؛ الأجوبة التي تعذّر إنشاؤها: { NUMBER($n) }.

experiment-arms = ما يُقارَن
experiment-column-arm = النسخة
experiment-column-chosen = اختيرت
experiment-column-strength = القوة مع فاصلها
experiment-column-variety = التنوّع
experiment-column-words = الكلمات
experiment-column-first = أول كلمة
experiment-column-language = اللغة
experiment-column-answers = الأجوبة
experiment-n-of-m = { NUMBER($n) } من { NUMBER($m) }
experiment-median = { NUMBER($n, maximumFractionDigits: 0) }
experiment-check-median = الوسيط { $n }
experiment-variety-about = مدى اختلاف الأجوبة عن المقطع الواحد من بذرة إلى أخرى: 100 ناقص متوسط chrF بينها
experiment-seconds = { NUMBER($n, minimumFractionDigits: 2, maximumFractionDigits: 2) } ث
experiment-not-reached = دون المطلوب
experiment-only-arm = أظهر أجوبتها وحدها
experiment-best = الأفضل
experiment-strength-told = القوة { $value }، من { $low } إلى { $high }
experiment-strength-none = لم يختر أحد بعد
experiment-settled = تُختار { $arm } أكثر من غيرها بما يتجاوز المصادفة.
experiment-nobody-chose = لم يختر أحد بعد. اختر بين الأجوبة دون معرفة أصحابها لتعرف أي مطالبة تفضّل.
experiment-more = { $n ->
    [zero] ما زالت الفواصل متداخلة.
    [one] ما زالت الفواصل متداخلة: نحو اختيار واحد آخر يحسم الأمر.
    [two] ما زالت الفواصل متداخلة: نحو اختيارين آخرين يحسمان الأمر.
    [few] ما زالت الفواصل متداخلة: نحو { $n } اختيارات أخرى تحسم الأمر.
    [many] ما زالت الفواصل متداخلة: نحو { $n } اختيارًا آخر يحسم الأمر.
   *[other] ما زالت الفواصل متداخلة: نحو { $n } اختيار آخر يحسم الأمر.
}
experiment-unknown = لا يمكن بعد معرفة أيها الأفضل.
experiment-distributions = كيف تتوزع القيم
experiment-measures = ما يُعرَض
experiment-measure-words = كلمات الجواب
experiment-measure-first_token_s = الثواني حتى أول كلمة
experiment-measure-tokens_a_second = الرموز في الثانية
experiment-measure-rating = تقييماتك
experiment-spread-told = { $arm }: { $median } في الوسط، من { $least } إلى { $most }.
experiment-languages = حسب اللغة
experiment-language-unsaid = غير مذكورة
experiment-judges = نموذج حَكَمًا
experiment-judges-about = يمكن لنموذج أن يحكم أيضًا. ومدى اتفاقه مع اختياراتك يقول هل يوثق به: فإن نال جواب نقاطًا أكثر عُدَّ مختارًا.
experiment-judges-waiting = { $n ->
    [zero] لا حَكَم ينتظر.
    [one] حَكَم واحد يعمل أو ينتظر.
    [two] حَكَمان يعملان أو ينتظران.
    [few] { NUMBER($n) } حكّام يعملون أو ينتظرون.
    [many] { NUMBER($n) } حَكَمًا يعملون أو ينتظرون.
   *[other] { NUMBER($n) } حَكَم يعملون أو ينتظرون.
}
experiment-judge-of = { $judge }: { $task ->
    [rubric] نقاط
    [facts] مقارنة بالمرجع
   *[pairs] اثنان اثنان
}
experiment-judge-model = الحَكَم
experiment-judge-task = ما يُسأل عنه
experiment-judge-task-pairs = أي الجوابين أفضل
experiment-judge-task-rubric = نقاط من 1 إلى 5 بحسب معايير
experiment-judge-task-facts = هل يوافق الجواب مرجعه
experiment-judge-score-pairs = اختير
experiment-judge-score-rubric = النقاط
experiment-judge-score-facts = يوافق
experiment-judge-share = { unit-percent }
experiment-judge-choose = اختر نموذجًا
experiment-judge-begin = دعه يحكم
experiment-judge-verdicts = الأحكام: { NUMBER($n) } من { NUMBER($m) }
experiment-judge-unusable = غير صالحة: { NUMBER($n) }
experiment-judge-same = مثلك في { unit-percent } من { NUMBER($n) }
experiment-judge-kappa = كابا { $kappa }
experiment-judge-trusted = يمكن الوثوق به
experiment-judge-untrusted = لا يوثق به بعد

experiment-answers = الأجوبة
experiment-answers-n = الأجوبة: { NUMBER($n) }
experiment-answers-none = لا جواب كذلك.
experiment-answers-more = أظهر المزيد
experiment-filter-arm = من
experiment-filter-all = الكل
experiment-filter-passage = عن
experiment-filter-language = بلغة
experiment-filter-check = التي لا تجتاز
experiment-filter-none = أيًّا كان
experiment-repeat = رقم { NUMBER($n) }
experiment-rated = التقييم { NUMBER($n) } من 5
experiment-wrong = لا يجتاز: { $checks }
experiment-compare = قارن
experiment-compare-one-more = علّم جوابًا آخر لترى ما يختلف.
experiment-compare-end = كفى مقارنة
experiment-compared = ما يختلف بين جوابين
experiment-compared-of = من «{ $first }» إلى «{ $second }»
experiment-save-as = احفظ النتائج
experiment-format-html = HTML…
experiment-format-csv = CSV…
experiment-format-jsonl = JSONL…
experiment-written = كُتب في { $file }.
experiment-some-elsewhere = تسأل نموذجًا ليس على هذا الجهاز
experiment-endpoint-example = http://host:8000/v1
experiment-checks = بمَ تُقاس الأجوبة…
experiment-checks-about = الفحوص جداول TOML، [[checks]]؛ اتركها فارغة للمعتادة
experiment-scorer = يسأل فحص الحيرة (perplexity)
experiment-scorer-starter = نموذج البداية
experiment-see = انظرها
