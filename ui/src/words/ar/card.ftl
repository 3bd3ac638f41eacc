# بطاقة المشهد: ما يحتفظ به مؤلفه إلى جانب النص.

card = بطاقة المشهد
card-of = { $kind ->
    [part] الجزء
   *[chapter] الفصل
  }
card-hide = إخفاء البطاقة
card-back = العودة إلى المشهد الذي على الصفحة
card-status = الحالة
card-synopsis = الملخّص
card-synopsis-hint = { $kind ->
    [part] ما ينبغي أن يحدث في هذا الجزء
    [chapter] ما ينبغي أن يحدث في هذا الفصل
   *[scene] ما ينبغي أن يحدث في هذا المشهد
  }
card-chapter-synopsis = { $kind ->
    [part] الجزء «{ $name }»
   *[chapter] الفصل «{ $name }»
  }
card-notes = ملاحظات لنفسي
card-notes-hint = لك وحدك: لا تُصدَّر أبدًا ولا تُقال لأي نموذج
card-taken-back = آخر ما تغيّر خارج الصفحة عاد كما كان.
card-again = إعادة التغيير
