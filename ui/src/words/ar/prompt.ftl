# مطالبة واحدة: نصها ونسخها وما سترسله. `$prompt` اسم نسخة مثل “my continue v3”.

prompt-text = نص المطالبة
prompt-completions = ما يمكن كتابته هنا
prompt-key-complete = ‏{ $keys } يقول ما يمكن كتابته
prompt-key-leave = ‏{ $keys } يخرج من النص
prompt-fine = لا خطأ فيها.
prompt-draft-fine = لا خطأ فيها. تغيّرت منذ { $prompt }، ومحفوظة مسودةً.
prompt-problem-line = السطر { NUMBER($line) }:
prompt-go-to-line = إلى السطر
prompt-came = جاءت مع Foolscap
prompt-changed = متغيّرة ولم تُحفظ نسخةً
prompt-mark-in-use = ن{ $number } مستعملة
prompt-mark-draft = فيها تغييرات ليست نسخة بعد
prompt-in-use-here = مستعملة هنا
prompt-in-use-everywhere = مستعملة في كل مكان
prompt-beside = بجانب النص
prompt-pane-rendered = ما سترسله
prompt-pane-versions = النسخ
prompt-made-of = صُنعت من { $prompt }
prompt-compare = قارن مع
prompt-compare-none = لا شيء
prompt-compare-lines = ما تغيّر، سطرًا سطرًا
prompt-compare-same = النصان متطابقان.
prompt-compare-left = { $lines ->
    [zero] لا أسطر بلا تغيير
    [one] سطر واحد بلا تغيير
    [two] سطران بلا تغيير
    [few] { $lines } أسطر بلا تغيير
    [many] { $lines } سطرًا بلا تغيير
   *[other] { $lines } سطر بلا تغيير
}
prompt-rendered = ما سترسله
prompt-not-rendered = لا يمكن الآن معرفة ما سترسله؛ في الأسفل ما كان.
prompt-own-variables = متغيرات المطالبة الخاصة
prompt-parts = ما يدخل وما لا يدخل
prompt-cut-here = هنا قُطعت بداية النص

prompt-save = احفظ نسخة جديدة
prompt-save-help = النسخة لا تتغير أبدًا. ما تكتبه هنا يقول لاحقًا لماذا صُنعت.
prompt-fork = احفظها مطالبةً لك
prompt-fork-help = اسم آخر يصنع مطالبة أخرى؛ وتبقى هذه كما هي.
prompt-fork-help-came = ما جاء مع Foolscap يبقى كما هو. أعطِ مطالبتك اسمًا خاصًا بها.
prompt-name = الاسم
prompt-name-taken = هناك مطالبة بهذا الاسم.
prompt-message = الجديد فيها
prompt-message-example = نص نظام أقصر
prompt-keep = احفظ
prompt-saved = حُفظت باسم { $prompt }.
prompt-nothing-new = هذا ما تقوله { $prompt } أصلًا.
prompt-restored-message = نص { $prompt } من جديد
prompt-restored = نص { $old } صار الآن { $prompt }.
prompt-discard = تخلّص من التغييرات
prompt-discarded = أُزيلت التغييرات.
prompt-used-here = «{ $title }» تستعمل الآن { $prompt }.
prompt-used-everywhere = { $prompt } مستعملة الآن في كل مكان.
prompt-used-as-it-came = يُستعمل من جديد ما جاء مع Foolscap.
prompt-archived = وُضعت «{ $name }» جانبًا.
prompt-unarchived = عادت «{ $name }».
prompt-put-away = الموضوعة جانبًا: { NUMBER($prompts) }
prompt-bring-back = أعدها
prompt-import = استورد مجلد مطالبات…
prompt-export-all = صدّر المطالبات إلى مجلد…
prompt-exported = كُتب إلى { $folder }: { NUMBER($files) }
prompt-imported = قُرئ من { $folder }: { NUMBER($prompts) }
prompt-try = جرّبها
prompt-compare-in = في تجربة
prompt-do-save = احفظ نسخة…
prompt-do-fork = احفظها لي…
prompt-do-use = استعملها في كل مكان
prompt-do-use-here = استعملها هنا
prompt-compare-written = ما كُتب منذئذ
