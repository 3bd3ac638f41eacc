# الاختيار بين جوابين دون معرفة صاحبيهما.

blind = اختيار دون معرفة الصاحب
blind-question = أيهما كنت تفضّل أن تكون كاتبه؟
blind-about = لا ترى أي مطالبة كتبت أيهما؛ والجانبان بالقرعة.
blind-votes = الاختيارات: { NUMBER($n) }
blind-this = هذا
blind-left = ، على اليسار
blind-right = ، على اليمين
blind-neither = لا هذا ولا ذاك
blind-undo = تراجع عن آخر اختيار
blind-nothing = لم يبقَ ما يُختار بينه
blind-nothing-help = اختير بين كل جوابين يمكن مقارنتهما، أو أن التالية لم تصل بعد.
blind-done = لم يبقَ ما يُختار بينه.
blind-said-left = اختير الأيسر. وصل التاليان.
blind-said-right = اختير الأيمن. وصل التاليان.
blind-said-tie = لم يُختر أي منهما. وصل التاليان.
blind-said-undone = أُلغي آخر اختيار.
blind-said-nothing = لا اختيار للتراجع عنه.
blind-sofar = حتى الآن
blind-sofar-show = أظهر الوضع
blind-sofar-hide = أخفِ الوضع
blind-sofar-why = الوضع مخفي كي لا يقود اختيارك التالي.
