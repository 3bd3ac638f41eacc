# ما يقوله المحرر، وإعدادات الصفحة.

editor-note = ملاحظة لنفسي

# كلمات كتبتها آلة، حين يشار إليها.
editor-machine = كتبتها آلة
editor-machine-changed = كتبتها آلة، وعُدّلت بعد ذلك
editor-model = كتبها { $model }
editor-model-changed = كتبها { $model }، وعُدّلت بعد ذلك

editor-page = الصفحة
editor-typeface = الخط
editor-typeface-literata = Literata
editor-typeface-inter = Inter
editor-typeface-serif = خط النظام، بزوائد
editor-typeface-sans = خط النظام، بلا زوائد
editor-typeface-mono = خط النظام، كل حروفه بعرض واحد
editor-size = حجم النص (%)
editor-line-height = تباعد السطور (%)
editor-measure = عدد الحروف في السطر
editor-measure-detail = على وجه التقريب، وأقل حيث تضيق النافذة.
editor-focus = التركيز
editor-focus-detail = يتراجع كل ما ليس بين يديك.
editor-focus-off = متوقف
editor-focus-paragraph = على الفقرة
editor-focus-sentence = على الجملة
editor-typewriter = آلة كاتبة
editor-typewriter-detail = يبقى السطر الذي تكتبه على ارتفاع واحد.
editor-typography = العلامات الطباعية
editor-typography-detail = تصير علامات الاقتباس المستقيمة و -- و ... علامات لغة النص. ومفتاح الحذف بعدها مباشرة يعيدها كما كانت.
