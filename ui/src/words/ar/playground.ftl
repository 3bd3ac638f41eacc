# ساحة التجريب: مطالبات جنبًا إلى جنب على مقطع واحد.

playground = ساحة التجريب
playground-about = المقطع نفسه والبذرة نفسها لكل عمود، فما يختلف هو المطالبة أو النموذج أو الإعدادات.
playground-seed = البذرة
playground-candidates = الأجوبة لكل عمود
playground-run = اسأل الجميع
playground-stop = أوقف
playground-add = أضف عمودًا
playground-sweep = أربع درجات حرارة
playground-keep = احفظها تجربةً
playground-experiment = من ساحة التجريب
playground-column = العمود { NUMBER($n) }
playground-given = تُجرَّب على مقطع الدرس: { $passage }
playground-not-given = جرّب على غيره
playground-prompt = المطالبة
playground-model = النموذج
playground-model-in-use = المستعمل: { $model }
playground-draft = { $prompt }، ما يُكتب الآن
playground-draft-gone = مسودة كما كانت
playground-mine = اجعلها لي
playground-mine-from = من درس
playground-as-it-is = كما هو
playground-more-settings = إعدادات أخرى
playground-setting-name = الاسم
playground-setting-temperature = الحرارة
playground-setting-words = الكلمات
playground-setting-top_p = Top p
playground-setting-top_k = Top k
playground-setting-min_p = Min p
playground-setting-repetition_penalty = التكرار
playground-waiting = ينتظر النموذج…
playground-reading = يقرأ…
playground-idle = يأتي جوابه هنا.
playground-remove = أخرج { $name }
playground-remove-short = أخرجه
playground-said-begun = سُئلت كل الأعمدة.
playground-said-stopped = توقّف؛ وما جاء يبقى.
playground-said-done = أجابت كل الأعمدة.
playground-together = { $others ->
    [zero] وحده
    [one] مع عمود آخر
    [two] مع عمودين آخرين
    [few] مع { $others } أعمدة أخرى
    [many] مع { $others } عمودًا آخر
   *[other] مع { $others } عمود آخر
}
playground-beside = أثناء الإجابة عن طلبات أخرى
