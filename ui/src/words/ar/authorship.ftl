# من كتب ماذا: الكاتب، أو الآلة، أو الآلة ثم الكاتب.

authorship = من كتب ماذا
authorship-table = الكلمات بحسب من كتبها
authorship-line = الجزء والفصل والمشهد
authorship-words = الكلمات
authorship-human = أنت
authorship-made = الآلة
authorship-edited = الآلة مع تحرير
authorship-share = حصة الآلة
authorship-all = الكل
authorship-empty = لا كلمات في هذه المخطوطة بعد.
authorship-all-yours = { $words ->
    [zero] لا كلمات في هذه المخطوطة بعد.
    [one] كتبت الكلمة الوحيدة في هذه المخطوطة.
    [two] كتبت الكلمتين اللتين في هذه المخطوطة.
    [few] كتبت كل الكلمات في هذه المخطوطة وهي { $words } كلمات.
    [many] كتبت كل الكلمات في هذه المخطوطة وهي { $words } كلمة.
   *[other] كتبت كل الكلمات في هذه المخطوطة وهي { $words } كلمة.
  }
authorship-sum = { $made ->
    [zero] لا كلمة
    [one] كلمة واحدة
    [two] كلمتان
    [few] { $made } كلمات
    [many] { $made } كلمة
   *[other] { $made } كلمة
  } من { $words } جاءت من آلة: { $percent }.
authorship-sources = من أين جاءت كلمات الآلة
authorship-unknown-model = غير مسجّل
authorship-by-prompt = الموجّه { $prompt }، الإصدار { $version }
authorship-unread = كُتب بإصدار آخر من Foolscap؛ لم يُعدّ.
authorship-help = الآلة: كلمات نموذج لغوي كما كتبها. الآلة مع تحرير: كلماته في مقطع غيّرته بعد ذلك، وما أضفته يُعدّ لك. الملاحظات الخاصة بك لا تُعدّ.
authorship-made-at = عُدّت في { $when }.
authorship-save-json = احفظ بصيغة JSON…
authorship-save-text = احفظ نصًّا…
authorship-file = { $title } – من كتب ماذا
authorship-saved = التقرير في { $file }.

authorship-who = من كتب هذا؟
authorship-you = أنت كتبت هذا
authorship-machine = الآلة كتبت هذا
authorship-nothing = لا شيء عند المؤشر. ضعه في بعض الكلمات أو حدّدها.
authorship-not-recorded = لم يُسجَّل هنا كيف نشأت هذه الكلمات: ربما جاءت مع ملف مستورد.
authorship-model = النموذج
authorship-file-of-model = الملف
authorship-asked = المطلوب
authorship-prompt = الموجّه
authorship-version = الإصدار { $version }
authorship-seed = البذرة
authorship-when = كُتب في
authorship-original = كما كتبه النموذج
authorship-original-changed = لقد غيّرته بعد ذلك. كما كتبه النموذج:
authorship-action-continue = متابعة
authorship-action-brainstorm = عصف ذهني
authorship-action-rewrite = إعادة صياغة
authorship-set-instruction = التعليمات
authorship-set-words = عدد الكلمات المطلوب
authorship-set-candidates = المرشّحون
authorship-set-temperature = الحرارة
