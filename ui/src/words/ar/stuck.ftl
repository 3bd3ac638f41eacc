# «أخرجني من التعثر»: ما يُسأل، وما يتبين، وما يساعد.

stuck = متعثر؟
stuck-close = إغلاق
stuck-question-what_is_missing = ما الذي ينقص؟
stuck-question-words_or_ideas = كلمات للصفحة، أم أفكار للاختيار؟
stuck-question-what_should_it_say = ماذا ينبغي أن يقال، على وجه التقريب؟
stuck-words = كلمات للصفحة
stuck-ideas = أفكار للاختيار
stuck-says = اكتبه
stuck-says-nothing = لا أعرف هذا أيضًا
stuck-says-example = تخبره عن الصندوق، ولا تقول اسم من عليه.

stuck-kind-blank_page = جملة أولى
stuck-kind-what_next = ما يحدث بعد ذلك
stuck-kind-how_to_say_it = كيف يقال
stuck-kind-too_much = من أين أبدأ: هذا كثير
stuck-kind-lost_thread = الخيط: إلى أين كان هذا يمضي؟

stuck-known = ما ينقص: { $kind }
stuck-because = لأن { $reasons }.
stuck-because-page_is_blank = الصفحة فارغة
stuck-because-words_are_selected = كلمات محددة
stuck-because-sentence_is_fought_over = كثيرًا كُتب هنا ثم حُذف
stuck-because-text_goes_on_after = النص يمضي بعد المؤشر
stuck-because-long_away = أيامًا مضت منذ كتبت هنا
stuck-because-you_said_so = هذا ما قلته
stuck-help = ما يساعد: { $action }
stuck-rather = أهو شيء آخر؟
