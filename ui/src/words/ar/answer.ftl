# جواب من تجربة.

answer = جواب
answer-back = عودة إلى «{ $name }»
answer-rating = ما مدى جودته
answer-note = ملاحظة
answer-findings = ما وجدته الفحوص
answer-passed-yes = اجتاز
answer-passed-no = لم يجتز
answer-passed-unknown = لا يُعرف
answer-claims = ما يقوله وليس في المقطع ولا في المعارف
answer-again = للحصول عليه ثانية
answer-prompt = المطالبة
answer-model = النموذج
answer-model-hash = ملفه
answer-seed = البذرة
answer-tokens = الرموز
answer-tokens-read = قُرئ { NUMBER($n) }
answer-tokens-made = كُتب { NUMBER($n) }
answer-speed = السرعة
answer-written = كُتب في
answer-rendered = كل ما أُرسل
answer-source = نص المطالبة
