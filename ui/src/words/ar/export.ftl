# المخطوطة إلى ملف لشخص آخر.

export = صدّر «{ $title }»
export-format = الصيغة
export-format-docx = Word (DOCX)
export-format-epub = EPUB للقرّاء
export-format-pdf = PDF للطباعة
export-format-md = Markdown
export-format-txt = نص عادي
export-format-html = صفحة ويب (HTML)
export-format-folder = مجلد Markdown فيه ملف لكل مشهد
export-author = المؤلف
export-manuscript = صيغة المخطوطة المعيارية
export-manuscript-help = كما يطلبها المحرّرون والوكلاء: بتباعد مزدوج، مع اسمك وعدد الكلمات.
export-numbers = رقّم الفصول
export-scene-titles = أظهر عناوين المشاهد للقرّاء
export-place = يُحفظ في
export-choose = مكان آخر…
export-replaces = ملف التصدير السابق موجود هناك؛ وسيحلّ الجديد محلّه.
export-do = صدّر
export-writing = تجري الكتابة…
export-done = كُتب الملف:
export-left-out = ما ليس فيه
export-show = أظهره في مجلده
export-again = صدّر من جديد…
