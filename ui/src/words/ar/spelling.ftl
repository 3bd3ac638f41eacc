# الكلمات المكتوبة خطأً على الصفحة وقائمتها والحوار عنها.

spelling = الإملاء
spelling-on = علِّم الكلمات المكتوبة خطأً
spelling-on-help = يُفحص النص على هذا الجهاز بقواميسه، ولا يُرسل شيء إلى أي مكان.
spelling-language = لغة المخطوطة…
spelling-checked = يُفحص بقاموس { $language }.
spelling-words = كلماتها الصحيحة…
spelling-dictionaries = لغات أخرى
spelling-dictionaries-help = تُستعمل قواميس هذا النظام وقواميس LibreOffice وما في المجلد أدناه. وهي قواميس Hunspell: ملفان مثل fr_FR.aff و fr_FR.dic.
spelling-show = أظهر المجلد
spelling-menu = ربما كُتبت «{ $word }» خطأً
spelling-looking = يُبحث عن كلمات…
spelling-no-suggestions = لا اقتراحات
spelling-add = أضفها إلى كلمات هذه المخطوطة
spelling-leave = اتركها الآن
spelling-next = الكلمة المعلَّمة التالية
spelling-open = الإملاء…
spelling-added = صارت «{ $word }» من كلمات هذه المخطوطة.
spelling-none = لا كلمة معلَّمة هنا بأنها خطأ.
spelling-unknown = لا يُفحص الإملاء هنا. وحوار «الإملاء…» يقول السبب.
