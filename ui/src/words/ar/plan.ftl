# ما يُرسل إلى النموذج مع الطلب: قبل إرساله وبعده.

plan = ما سيُرسل
plan-heading = ما سيُرسل · { NUMBER($used) } من { NUMBER($limit) } رمز
plan-sent = ما أُرسل
plan-sent-heading = ما أُرسل · { NUMBER($used) } من { NUMBER($limit) } رمز
plan-spoken = استُعمل { NUMBER($used) } من { NUMBER($limit) } رمز، وتُرك { NUMBER($reserved) } للجواب
plan-for = من أجل: { $action }
plan-asking = يجري التخطيط…
plan-waiting = ما زال النموذج يُحمَّل، وحالما يجهز يظهر هنا ما سيُرسل.
plan-failed = تعذّر التخطيط.
plan-part = { $part } { NUMBER($tokens) }
plan-reserved = { NUMBER($reserved) } متروك للجواب
plan-missing = لم يُرسل من { $part }: { unit-tokens }.
plan-items = عالم القصة والملاحظات
plan-items-left = { $items ->
    [zero] لم يُترك شيء.
    [one] تُرك شيء واحد كان يمكن ذكره.
    [two] تُرك شيئان كان يمكن ذكرهما.
    [few] تُركت { $items } أشياء كان يمكن ذكرها.
    [many] تُرك { $items } شيئًا كان يمكن ذكره.
   *[other] تُرك { $items } شيء كان يمكن ذكره.
}
plan-by = { $prompt } · البذرة { $seed } · { $model }
plan-in = يُرسل
plan-out = لا يُرسل
plan-part-left = تُرك منه { unit-tokens }.
plan-no-items = لا شيء آخر يمكن ذكره بعد: لا عالم للقصة ولا ملخصات ولا ملاحظة ولا نماذج أسلوب.
plan-reset = كما يكون من تلقاء نفسه
plan-text = كله كما يقرؤه النموذج
plan-would = كان سيأخذ { unit-tokens }
plan-named = بسبب «{ $name }»
plan-stale = تغيّر مشهده منذ ذلك الحين
plan-part-prompt = الموجِّه
plan-part-before = القصة قبله
plan-part-selection = المحدَّد
plan-part-after = القصة بعده
plan-part-instruction = التعليمات
plan-form-chat = يُسأل كما في محادثة
plan-form-fill = يُسأل كفراغ يُملأ
plan-form-completion = يُسأل كنص يُتابَع
plan-kind-synopsis = النبذة
plan-kind-note = ملاحظة المؤلف
plan-kind-style = نموذج أسلوب
plan-kind-summary = ملخص
plan-kind-lore = عالم القصة
plan-kind-previous = نهاية المشهد السابق
plan-sent-short = الصيغة القصيرة
plan-sent-cut = مقتطع
plan-why-switched_off = أُوقف.
plan-why-no_room = أخذ غيره المكان.
plan-why-model_too_small = ما يراه النموذج أقل من أن يسعه.
plan-why-not_used = ليس له مكان في الموجِّه.
plan-why-not_named = لا يرد أي من أسمائه في النص.
plan-why-other_chapters = يصح في فصول أخرى فقط.
plan-why-never = هو للمؤلف وحده.
plan-why-stale = تغيّر مشهده منذ تلخيصه.
plan-why-far_from_start = النص قبل المؤشر طويل بما يكفي من دونه.
