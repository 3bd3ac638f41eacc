# عرض المخطوطة كلها: ما يقوله عنها مؤلفها وكيف ينبغي أن تكون وأي كلماتها صحيحة.

about = حول هذه المخطوطة
about-tab-said = الكتاب
about-tab-goals = الأهداف
about-tab-style = الأسلوب
about-tab-words = الكلمات الصحيحة
about-tab-summaries = الخلاصات

about-title = العنوان
about-author = المؤلف
about-author-hint = الاسم على صفحة العنوان
about-author-help = يظهر على ما تصدّره من هذه المخطوطة.
about-synopsis = الملخّص
about-synopsis-hint = عمّ تدور؟
about-synopsis-help = يُخبَر به النموذج حيث يكون متّسع.
about-note = توجيه المؤلف
about-note-hint = بصيغة الماضي، قريبًا من آدا. بلا سحر.
about-note-help = يُقال للنموذج مع كل طلب.
about-language = اللغة التي كُتبت بها
about-language-none = لم تُذكر
about-language-other = لغة أخرى…
about-language-tag = اللغة كما تُكتب في BCP 47
about-language-wrong = لا لغة بهذا الاسم.
about-language-help = لعلامات الاقتباس والتدقيق الإملائي وما يُصدَّر. أما لغة النافذة ففي الإعدادات.
about-direction = اتجاه الأسطر
about-direction-auto = كما تقول حروف كل فقرة
about-direction-ltr = من اليسار إلى اليمين
about-direction-rtl = من اليمين إلى اليسار

about-style-intro = مقاطع كلامُها كما ينبغي أن يكون كلام القصة: لك أو لغيرك. وتُعرض المستعملة منها على النموذج حيث يكون متّسع.
about-style-none = لا شيء بعد. حدّد مقطعًا على الصفحة وأضفه بالأمر «إضافة المحدَّد إلى الأسلوب»، أو الصق مقطعًا هنا.
about-sample-title = الاسم
about-sample-title-hint = حوار، جاف
about-sample-text = المقطع
about-sample-in-use = مستعمل
about-sample-archive = وضع جانبًا
about-sample-archived = وُضع المقطع جانبًا.
about-sample-new = مقطع آخر
about-sample-add = إضافة
about-sample-added = صار المقطع يبيّن كيف ينبغي أن يكون الكلام.
about-sample-see = عرض
about-samples-put-away = { $n ->
    [zero] لم يوضع أي مقطع جانبًا
    [one] وُضع مقطع واحد جانبًا
    [two] وُضع مقطعان جانبًا
    [few] وُضعت { $n } مقاطع جانبًا
    [many] وُضع { $n } مقطعًا جانبًا
   *[other] وُضع { $n } مقطع جانبًا
  }

about-words-intro = أسماء وكلمات خاصة بك تُكتب كما تكتبها. ولا حاجة إلى ذكر أسماء عالم القصة هنا.
about-words-none = لا شيء بعد.
about-word = كلمة صحيحة
about-word-add = إضافة
about-word-remove = حذف «{ $word }» من القائمة
about-word-removed = حُذفت «{ $word }» من القائمة.
