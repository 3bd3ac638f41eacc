# الحالات السابقة لمشهد: ما حُفظ منها ومتى ولماذا، وطريق العودة إليها.

history = السجلّ
history-states = الحالات السابقة
history-empty = لا توجد بعد حالة سابقة لهذا المشهد.
history-empty-help = يحتفظ Foolscap بحالة كل بضع دقائق من الكتابة، وقبل حذف كثير، وقبل دخول كلمات الآلة. واحتفظ بنفسك بحالة باسمها بالضغط على { $keys }.
history-today = اليوم
history-yesterday = أمس

history-cause-typing = أثناء الكتابة
history-cause-removal = قبل حذف
history-cause-machine = قبل كلمات الآلة
history-cause-snapshot = لقطة
history-cause-restore = قبل عودة حالة أخرى
history-cause-split = قبل تقسيم المشهد
history-cause-merge = قبل دمج المشاهد
history-cause-replace = قبل استبدال كلمات
history-cause-import = قبل استيراد
history-cause-other = محفوظة

history-way = طريقة العرض
history-way-inline = التغييرات
history-way-beside = جنبًا إلى جنب
history-way-page = كما كانت
history-against = قارن بـ
history-against-present = الحاضر
history-against-before = الحالة التي قبلها
history-now = الآن
history-sum = { $added ->
    [zero] لم تُضف كلمة
    [one] أُضيفت كلمة واحدة
    [two] أُضيفت كلمتان
    [few] أُضيفت { $added } كلمات
    [many] أُضيفت { $added } كلمة
   *[other] أُضيفت { $added } كلمة
  }، { $removed ->
    [zero] ولم تُحذف كلمة
    [one] وحُذفت كلمة واحدة
    [two] وحُذفت كلمتان
    [few] وحُذفت { $removed } كلمات
    [many] وحُذفت { $removed } كلمة
   *[other] وحُذفت { $removed } كلمة
  }
history-next-change = التغيير التالي
history-previous-change = التغيير السابق
history-change-at = التغيير { $at } من { $many }
history-unchanged = { $paragraphs ->
    [zero] لا فقرات بلا تغيير
    [one] فقرة واحدة بلا تغيير
    [two] فقرتان بلا تغيير
    [few] { $paragraphs } فقرات بلا تغيير
    [many] { $paragraphs } فقرة بلا تغيير
   *[other] { $paragraphs } فقرة بلا تغيير
  }
history-same = لم يتغيّر شيء بين هاتين الحالتين.
history-only-looks = الكلمات هي نفسها. تغيّر فقط شكلها أو كاتبها أو الملاحظات الخاصة بك.

history-restore = أعد هذه الحالة
history-restored = عاد المشهد كما كان في { $when }. وما كان فيه محفوظ.
history-name = الاسم
history-give-name = سمِّها…
history-rename = غيّر الاسم…
history-snapshot = التقط لقطة…
history-snapshot-help = تبقى اللقطة إلى الأبد مهما كتبت بعدها.
history-snapshot-of = ما يُحفظ
history-of-scene = هذا المشهد
history-of-all = كل مشاهد المخطوطة
history-keep = احفظها
history-snapshot-taken = حُفظ هذا المشهد باسم «{ $name }».
history-snapshot-nothing = لا شيء على هذه الصفحة بعد ليُحفظ.
history-snapshots-taken = { $scenes ->
    [zero] لم يُحفظ أي مشهد
    [one] حُفظ مشهد واحد
    [two] حُفظ مشهدان
    [few] حُفظت { $scenes } مشاهد
    [many] حُفظ { $scenes } مشهدًا
   *[other] حُفظ { $scenes } مشهد
  } باسم «{ $name }».
