# خلاصات المشاهد، للمشاهد التي تأتي بعدها.

summary = الخلاصة
summary-hint = ما يحدث باختصار
summary-intro = ما حدث من قبل باختصار: يُخبَر به النموذج حين يعمل على مشهد لاحق. اكتبه بنفسك أو دع النموذج المستعمل يكتبه، وما كتبه يمكن تغييره في الحال.
summary-none = لم يُكتب بعد ما يمكن تلخيصه.
summary-by-model = كتبها { $model }
summary-by-author = كتبتَها أنت
summary-in-pieces = { $pieces ->
    [zero] قُرئ المشهد كاملًا
    [one] قُرئ المشهد قطعة واحدة
    [two] قُرئ المشهد في قطعتين لأنه أطول مما يراه النموذج
    [few] قُرئ المشهد في { $pieces } قطع لأنه أطول مما يراه النموذج
    [many] قُرئ المشهد في { $pieces } قطعة لأنه أطول مما يراه النموذج
   *[other] قُرئ المشهد في { $pieces } قطعة لأنه أطول مما يراه النموذج
  }
summary-stale = تغيّر المشهد منذ ذلك الحين.
summary-confirm = ما زالت صحيحة
summary-make = تلخيص هذا المشهد
summary-again = التلخيص من جديد
summary-stop = إيقاف
summary-reading = النموذج يقرأ…
summary-writing = النموذج يكتب…
summary-have = { $n } من { $scenes } من المشاهد لها خلاصة حديثة.
summary-all = تلخيص البقية
summary-of = { $done } من { $scenes } من المشاهد
summary-made = { $scenes ->
    [zero] لم يُلخَّص أي مشهد.
    [one] لُخِّص مشهد واحد.
    [two] لُخِّص مشهدان.
    [few] لُخِّصت { $scenes } مشاهد.
    [many] لُخِّص { $scenes } مشهدًا.
   *[other] لُخِّص { $scenes } مشهد.
  }
summary-none-made = لم يعطِ النموذج خلاصة. اطلبها مرة أخرى أو اكتبها بنفسك.
summary-said-begun = { $scenes ->
    [zero] لا شيء للتلخيص.
    [one] يجري تلخيص المشهد.
    [two] يجري تلخيص مشهدين.
    [few] يجري تلخيص { $scenes } مشاهد.
    [many] يجري تلخيص { $scenes } مشهدًا.
   *[other] يجري تلخيص { $scenes } مشهد.
  }
summary-said-done = { $scenes ->
    [zero] لا خلاصات.
    [one] جاءت الخلاصة.
    [two] جاءت خلاصتان.
    [few] جاءت { $scenes } خلاصات.
    [many] جاءت { $scenes } خلاصة.
   *[other] جاءت { $scenes } خلاصة.
  }
summary-said-stopped = { $scenes ->
    [zero] توقّف.
    [one] توقّف بعد خلاصة واحدة.
    [two] توقّف بعد خلاصتين.
    [few] توقّف بعد { $scenes } خلاصات.
    [many] توقّف بعد { $scenes } خلاصة.
   *[other] توقّف بعد { $scenes } خلاصة.
  }
