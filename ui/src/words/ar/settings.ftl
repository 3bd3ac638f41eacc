# الإعدادات: الكلمات والأفكار والحرية والمظهر واللغة والذاكرة ومصدر النماذج.

settings = الإعدادات
settings-theme = المظهر
settings-theme-system = كما في النظام
settings-theme-light = فاتح
settings-theme-dark = داكن
settings-language = اللغة
settings-language-system = كما في النظام
settings-words = عدد الكلمات في المتابعة
settings-ideas = عدد الأفكار في العصف الذهني
settings-temperature = الحرية (الحرارة)
settings-temperature-help = { 0 } يأخذ دائمًا الكلمة الأرجح، والأعلى أكثر حرية. وإذا تُرك فارغًا فكما يقول الموجِّه.
settings-temperature-none = كما يقول الموجِّه
settings-memory = الذاكرة المخصصة لما قُرئ (ميبي بايت)
settings-memory-help = عندئذ لا يكلّف السؤال من جديد عن نص طويل إلا ما تغيّر منه، حتى بعد إعادة التشغيل. ومع { 0 } لا يُحفظ شيء على القرص.
settings-release = تحرير النموذج الخامل بعد (دقائق)
settings-release-help = تصبح ذاكرته عندئذ متاحة للبرامج الأخرى، ويُحمَّل من جديد عند الطلب. { 0 }: لا يُحرَّر أبدًا.
settings-marks = إظهار الكلمات التي كتبتها الآلة
settings-marks-help = بخط منقّط تحت الكلمات التي أخذتها.

settings-hub = مصدر النماذج
settings-hub-endpoints = مركز النماذج ومراياه، كل عنوان في سطر
settings-hub-endpoints-help = تُسأل بهذا الترتيب، ويحل التالي محل ما تعطّل. ولا يُرسل رمز الوصول إلا إلى الأول. وإذا تُرك فارغًا: { $usual }.
settings-hub-environment = قيمة HF_ENDPOINT هي { $address }، وهي مقدَّمة على هذه القائمة.
settings-hub-usual = العودة إلى { $host }
settings-hub-kept = حُفظ.
settings-hub-token = رمز الوصول إلى النماذج ذات الشروط
settings-hub-token-help = من صفحة مركز النماذج: Settings ثم Access Tokens.
settings-hub-token-none = لا رمز محفوظ.
settings-hub-token-environment = تعطي البيئة (HF_TOKEN) رمزًا.
settings-hub-token-keyring = في حافظة مفاتيح النظام رمز.
settings-hub-token-hub_file = لدى برامج مركز النماذج رمز، وهو المستعمل.
settings-hub-token-another = رمز آخر
settings-hub-token-keep = حفظه
settings-hub-token-forget = نسيانه
settings-hub-token-kept = حُفظ في حافظة المفاتيح.
settings-hub-token-forgotten = نُسي.
