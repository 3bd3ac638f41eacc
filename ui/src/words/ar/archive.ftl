# ما وُضع جانبًا وطريق استعادته.

archive = ما وُضع جانبًا
archive-empty = لم يوضع شيء من هذه المخطوطة جانبًا.
archive-help = لا يُحذف شيء أبدًا. ما تضعه جانبًا يبقى هنا حتى تستعيده.
archive-back = استعادة
archive-when = { $words ->
    [zero] بلا كلمات
    [one] كلمة واحدة
    [two] كلمتان
    [few] { $words } كلمات
    [many] { $words } كلمة
   *[other] { $words } كلمة
  }، وُضع جانبًا { $when }
