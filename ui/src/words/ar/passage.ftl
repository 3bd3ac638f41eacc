# مقاطع تُجرَّب عليها المطالبات.

passage-tried-on = تُجرَّب على
passage-of-page = الموضع في الصفحة
passage-empty = مقطع فارغ
passage-new-set = مجموعة مقاطع جديدة
passage-unnamed = مقاطع
passage-set-name = اسم المجموعة
passage-about = تُجرَّب المطالبات على هذه المقاطع وتُقارَن. المقطع هو حيث يتوقف نص، أو الكلمات المحددة فيه.
passage-none = لا مقطع فيها بعد. أضف الموضع الذي أنت فيه في الصفحة، أو اقرأ ملفًا: CSV بعنوان لكل عمود، أو JSON بكائن في كل سطر.
passage-add-page = أضف الموضع في الصفحة
passage-add-file = اقرأ ملفًا (CSV، JSONL)…
passage-add = أضف مقطعًا فارغًا
passage-archive = ضع المجموعة جانبًا
passage-archived = وُضعت «{ $name }» جانبًا.
passage-remove = أخرجه
passage-removed = أُخرج المقطع.
passage-field-title = العنوان
passage-field-before = النص قبل المؤشر
passage-field-selection = التحديد
passage-field-after = النص بعده
passage-field-instruction = التوجيه
passage-field-language = اللغة (en، de، …)
passage-field-reference = كيف كان الجواب الجيد
passage-field-variant = صيغة الإجراء
passage-field-into = اللغة التي يُترجم إليها
passage-added = أُضيف إلى «{ $name }».
passage-see = انظره
