# عالم القصة: شخصياتها وأماكنها وأشياؤها وحقائقها.

lore = عالم القصة
lore-entries = المداخل
lore-new = مدخل جديد
lore-all = ‹ عالم القصة كله
lore-find = البحث بالاسم
lore-not-found = لا شيء في عالم القصة بهذا الاسم.
lore-more = { $n ->
    [zero] لا مزيد
    [one] مدخل آخر…
    [two] مدخلان آخران…
    [few] { $n } مداخل أخرى…
    [many] { $n } مدخلًا آخر…
   *[other] { $n } مدخل آخر…
  }
lore-unnamed = بلا اسم
lore-empty-short = لا أحد ولا شيء بعد.
lore-empty = مَن في قصتك، وأين تدور، وما الذي ينبغي ألّا يُنسى؟
lore-empty-why = اكتب ما يهمّ، فيُخبَر به النموذج كلما ذكره النص. حدّد اسمًا على الصفحة واضغط مفتاح المدخل الجديد كي تبدأ به.
lore-choose = اختر مدخلًا من القائمة أو ابدأ مدخلًا جديدًا.
lore-put-away = ما وُضع جانبًا
lore-none-put-away = لم يوضع أي مدخل جانبًا.

lore-kind-person = شخصيات
lore-kind-place = أماكن
lore-kind-thing = أشياء
lore-kind-fact = حقائق
lore-is-person = شخصية
lore-is-place = مكان
lore-is-thing = شيء
lore-is-fact = حقيقة

lore-called = ما اسمه؟
lore-add = إضافة
lore-kind = النوع
lore-name = الاسم
lore-aliases = أسماء أخرى
lore-aliases-hint = الحارس، العجوز آدا
lore-aliases-help = تفصل بينها فواصل. وكل واحد منها يدلّ على المدخل أيضًا.
lore-told = يُخبَر به النموذج
lore-told-named = حيث يَرِد أحد أسمائه
lore-told-always = مع كل طلب
lore-told-never = لا يُخبَر به أبدًا
lore-told-named-help = حين يذكره النص حول المؤشر ويكون له متّسع.
lore-told-always-help = يأخذ مكانًا في كل طلب: لما ينبغي ألّا يُنسى أبدًا.
lore-told-never-help = لك وحدك.
lore-match-case = كما كُتب تمامًا (Rose لا rose)
lore-short = في كلمات قليلة
lore-short-hint = حارسة المنارة، في الستين، جافة الطبع
lore-short-help = يُقال حيث يضيق المكان.
lore-long = كل ما يمكن قوله
lore-long-hint = الهيئة والطبع والماضي، وما تريده وما تخفيه
lore-holds = يصحّ
lore-holds-from = من
lore-holds-from-none = البداية
lore-holds-to = إلى
lore-holds-to-none = النهاية
lore-holds-put-away = فصل وُضع جانبًا
lore-holds-help = لما يصحّ مدة فقط. ولا يُخبَر به النموذج في الفصول الأخرى.

lore-passages = أين تذكره المخطوطة
lore-looking = يجري البحث…
lore-nowhere = لم يُذكر بعد.
lore-named = { $n ->
    [zero] لم يُذكر.
    [one] مرة واحدة.
    [two] مرتين
    [few] { $n } مرات
    [many] { $n } مرة
   *[other] { $n } مرة
  } { $scenes ->
    [zero] في لا مشهد.
    [one] في مشهد واحد.
    [two] في مشهدين.
    [few] في { $scenes } مشاهد.
    [many] في { $scenes } مشهدًا.
   *[other] في { $scenes } مشهد.
  }
lore-named-last = وآخرها في «{ $scene }».
lore-not-yet = لا يصحّ هنا
lore-passages-more = { $n ->
    [zero] لا مزيد.
    [one] وموضع آخر.
    [two] وموضعان آخران.
    [few] و{ $n } مواضع أخرى.
    [many] و{ $n } موضعًا آخر.
   *[other] و{ $n } موضع آخر.
  }
lore-unread = { $n ->
    [zero] لا مشاهد من إصدار آخر.
    [one] مشهد واحد من إصدار آخر فلم يُبحث فيه.
    [two] مشهدان من إصدار آخر فلم يُبحث فيهما.
    [few] { $n } مشاهد من إصدار آخر فلم يُبحث فيها.
    [many] { $n } مشهدًا من إصدار آخر فلم يُبحث فيها.
   *[other] { $n } مشهد من إصدار آخر فلم يُبحث فيها.
  }

lore-duplicate = نسخ
lore-copy = { $name } (نسخة)
lore-archive = وضع جانبًا
lore-archived = وُضع «{ $name }» جانبًا.
lore-none-here = لا شيء في عالم القصة باسم ما عند المؤشر.
