# طاولة العمل: حيث تُقرأ المطالبات وتُكتب وتُجرَّب وتُقارَن.

workbench = المطالبات والتجارب
workbench-list = ما هنا
workbench-prompts = المطالبات
workbench-passages = المقاطع
workbench-empty = المطالبة هي النص المحيط بنصك: ما يُقال للنموذج قبل أن يكتب.
workbench-empty-help = افتح واحدة لتقرأ ما تقوله وما سترسله. تُحفظ مطالباتك نسخة بعد نسخة، ولا شيء هنا يغيّر ما في صفحتك. لا تُستعمل نسخة إلا حين تطلب ذلك.
workbench-first = اقرأ الأولى
workbench-sample = شغّل التجربة النموذجية
workbench-playground = ساحة التجريب
workbench-experiments = التجارب
workbench-lessons = الدروس
workbench-done-of = { NUMBER($done) }/{ NUMBER($total) }
