# قائمة المفاتيح وتغييرها. `$keys` مفتاح مثل «Ctrl+Enter» أو عدة مفاتيح، و`$command` و`$others` أسماء أوامر.

keys-find = البحث عن أمر أو مفتاح
keys-beside = { $what } ({ $keys })
keys-change = تغيير
keys-change-of = تغيير مفاتيح «{ $command }»
keys-new = مفاتيح جديدة
keys-more = مفتاح آخر أيضًا
keys-press = اضغط المفاتيح…
keys-remove = نزع { $keys } من «{ $command }»
keys-reset = كما كانت
keys-reset-all = إعادة الكل كما كان
keys-others = مفاتيح أخرى
keys-taken = { $keys } مخصّص لـ{ $others }.
keys-name = «{ $command }»
keys-take = إعطاؤه لـ«{ $command }» بدلًا من ذلك
keys-refused-types = { $keys } يكتب رمزًا. اضغط معه { $hold } أو مفتاحًا مثله.
keys-refused-moves = { $keys } يُستعمل أثناء الكتابة. اضغط معه { $hold } أو مفتاحًا مثله.
keys-refused-clipboard = { $keys } للنسخ واللصق أو لتحديد الكل.
keys-said-set = صار لـ«{ $command }» { $keys }.
keys-said-none = لم يعد لـ«{ $command }» مفاتيح.
keys-said-undone = أُعيد ما كان.
keys-said-reset-all = عادت المفاتيح كلها كما كانت.
