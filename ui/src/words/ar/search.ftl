# البحث والاستبدال، والذهاب إلى مشهد.

search = بحث
search-replace = بحث واستبدال
search-replace-too = استبدال…
search-only-find = بحث فقط
search-words = ابحث عن
search-replacement = استبدل به
search-scope = أين
search-scope-manuscript = في المخطوطة كلها
search-scope-scene = في هذا المشهد
search-match_case = مطابقة حالة الأحرف
search-whole_words = كلمات كاملة
search-regex = تعبير نمطي
search-notes = في الملاحظات أيضًا

search-nothing = لم يُعثر على شيء.
search-found = { $places ->
    [zero] لا مواضع
    [one] موضع واحد
    [two] موضعان
    [few] { $places } مواضع
    [many] { $places } موضعًا
   *[other] { $places } موضع
  } في { $scenes ->
    [zero] لا مشهد
    [one] مشهد واحد
    [two] مشهدين
    [few] { $scenes } مشاهد
    [many] { $scenes } مشهدًا
   *[other] { $scenes } مشهد
  }
search-more = تُعرض أول { $shown }؛ ضيّق البحث لترى البقية.
search-unread = { $scenes ->
    [zero] كل المشاهد بُحث فيها.
    [one] كُتب مشهد واحد بإصدار آخر من Foolscap ولم يُبحث فيه.
    [two] كُتب مشهدان بإصدار آخر من Foolscap ولم يُبحث فيهما.
    [few] كُتبت { $scenes } مشاهد بإصدار آخر من Foolscap ولم يُبحث فيها.
    [many] كُتب { $scenes } مشهدًا بإصدار آخر من Foolscap ولم يُبحث فيها.
   *[other] كُتب { $scenes } مشهد بإصدار آخر من Foolscap ولم يُبحث فيها.
  }
search-at = { $at } من { $places }
search-places = المواضع التي وُجدت
search-in-note = ملاحظة
search-all-of = استبدل الكل في «{ $name }»
search-this = استبدل: { $text }
search-do-replace = { $places ->
    [zero] لا شيء يُستبدل
    [one] استبدل في موضع واحد
    [two] استبدل في موضعين
    [few] استبدل في { $places } مواضع
    [many] استبدل في { $places } موضعًا
   *[other] استبدل في { $places } موضع
  }
search-replaced = { $places ->
    [zero] لم يُستبدل شيء
    [one] استُبدل موضع واحد
    [two] استُبدل موضعان
    [few] استُبدلت { $places } مواضع
    [many] استُبدل { $places } موضعًا
   *[other] استُبدل { $places } موضع
  } في { $scenes ->
    [zero] لا مشهد.
    [one] مشهد واحد.
    [two] مشهدين.
    [few] { $scenes } مشاهد.
    [many] { $scenes } مشهدًا.
   *[other] { $scenes } مشهد.
  }
search-conflict = كُتب شيء في هذه الأثناء، فلم يُستبدل شيء. هذه هي المواضع كما هي الآن.
search-go = اذهب إلى مشهد بعنوانه أو بكلمات فيه
