# ملاحظات على المشهد: ما يقوله نقد أو فحص، موضعًا موضعًا.

remark = ملاحظات الهامش
remark-help = مفاتيح الأسهم تنتقل بين الملاحظات، والإدخال يذهب إلى الموضع، والحذف يبعد الملاحظة، وI يقول إن التناقض مقصود، وEsc يغلق.
remark-close = إغلاق
remark-stop = إيقاف
remark-again = اسأل مرة أخرى
remark-none = لا ملاحظات على هذا المشهد بعد. النقد يقول ما ينجح وما لا ينجح؛ والفحص يقابل المشهد بالمعلومات والمشاهد السابقة.
remark-nothing = لم يوجد شيء.
remark-quote = «{ $quote }»
remark-source = { $title }: «{ $quote }»
remark-reason = مقصود: { $reason }
remark-gone = لم تعد هذه الكلمات في النص.
remark-discarded = { $notes ->
    [zero] لم تُستبعد أي ملاحظة.
    [one] استُبعدت ملاحظة واحدة: ما تقتبسه ليس حيث ينبغي أن يكون.
    [two] استُبعدت ملاحظتان: ما تقتبسانه ليس حيث ينبغي أن يكون.
    [few] استُبعدت { $notes } ملاحظات: ما تقتبسه ليس حيث ينبغي أن يكون.
    [many] استُبعدت { $notes } ملاحظة: ما تقتبسه ليس حيث ينبغي أن يكون.
   *[other] استُبعدت { $notes } ملاحظة: ما تقتبسه ليس حيث ينبغي أن يكون.
}
remark-cut = النص أطول مما يراه النموذج: لم يُقرأ من بدايته { unit-tokens }. حدِّد جزءًا ليُقرأ.

remark-group-contradicts = يناقض المعروف
remark-group-note = نقد
remark-group-new = جديد: لا شيء معروف يتحدث عنه
remark-group-supported = يؤيده المعروف
remark-group-intended = يناقض، وهو مقصود

remark-concern-strength = ناجح.
remark-concern-clarity = الوضوح.
remark-concern-pace = الإيقاع.
remark-concern-repetition = تكرار.
remark-concern-voice = الصوت.
remark-concern-logic = المنطق.
remark-concern-telling = قيل ولم يُرَ.
remark-concern-cliche = عبارة مستهلكة.

remark-go = إلى الموضع
remark-dismiss = إبعاد
remark-dismissed = أُبعدت الملاحظة.
remark-intend = مقصود…
remark-unintend = غير مقصود
remark-why = لماذا هو مقصود؟
remark-why-example = هي تكذب عليه، وسيكتشف ذلك لاحقًا.
remark-why-keep = احفظ السبب
remark-intended-kept = حُفظ: هذا مقصود، في الفحوص القادمة أيضًا.
remark-not-intended = صار يُعدّ تناقضًا من جديد.

remark-unable = { $model } يكمل النصوص فقط ولا يتبع التعليمات؛ لا يستطيع الحكم على مشهد.
remark-unable-here = هذه النماذج الموجودة هنا تستطيع:
remark-unable-offers = هذه يمكن الحصول عليها وتناسب هذا الجهاز:
remark-unable-use = استعمله
remark-unable-models = النماذج…

remark-elsewhere = الملاحظات على «{ $scene }» جاهزة.

# يقوله قارئ الشاشة.
remark-said-reading = يُقرأ المشهد…
remark-said-done = { $notes ->
    [zero] لم يوجد شيء.
    [one] ملاحظة واحدة. مفاتيح الأسهم تنتقل بينها، و{ key-enter } يذهب إلى الموضع.
    [two] ملاحظتان. مفاتيح الأسهم تنتقل بينهما، و{ key-enter } يذهب إلى الموضع.
    [few] { $notes } ملاحظات. مفاتيح الأسهم تنتقل بينها، و{ key-enter } يذهب إلى الموضع.
    [many] { $notes } ملاحظة. مفاتيح الأسهم تنتقل بينها، و{ key-enter } يذهب إلى الموضع.
   *[other] { $notes } ملاحظة. مفاتيح الأسهم تنتقل بينها، و{ key-enter } يذهب إلى الموضع.
}
remark-said-stopped = أُوقف. الملاحظات السابقة ما زالت موجودة.
remark-back = أُعيد كما كان.
