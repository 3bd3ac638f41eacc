# الورقة نفسها وما عليها مما ليس من كتابة الكاتب.

page-label = المخطوطة
page-hint = ابدأ من حيث شئت. وإذا تعثّرت فاضغط { $keys }.
page-sample = البدء بعيّنة: «{ $title }»
page-selection = النص المحدَّد
page-emphasis = تشديد
# حرف واحد على زر للكلمات المائلة.
page-emphasis-letter = م
page-strong = تشديد قوي
# حرف واحد على زر للكلمات الغليظة.
page-strong-letter = غ
