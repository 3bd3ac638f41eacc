# النموذج الذي يسأل الآلة، والقائمة بجانب المحدَّد.

ask = سؤال الآلة
ask-action = الإجراء
ask-how = كيف؟
ask-besides = ما المطلوب أيضًا؟
ask-example = بحيوية أكثر وبالطول نفسه…
ask-go = اطلب
ask-variants = على هذا النحو
ask-candidates = الصيغ
ask-words = الكلمات
ask-language = إلى أي لغة؟
ask-language-another = لغة أخرى…
ask-language-name = اسم اللغة
ask-needs-how = اكتب كيف، أو اضغط إحدى الطرق في الأسفل.
ask-needs-language = اختر لغة أولًا.
ask-needs-selection = حدّد بعض الكلمات أولًا، أو ضع المؤشر داخل فقرة.
ask-needs-after = لا شيء بعد المؤشر ليُوصَل إليه. ضع المؤشر حيث ينقص شيء.
ask-rewrite = إعادة الصياغة…
ask-translate = ترجمة…
ask-more = المزيد…
