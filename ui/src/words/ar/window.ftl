# النافذة حول الصفحة: الشريط وسطر الحالة ومربعات الحوار.

window-manuscripts = المخطوطات
window-rename = تغيير العنوان
window-title-field = عنوان المخطوطة
window-commands = الأوامر
window-panel = الاقتراحات
window-close = إغلاق
window-to-page = إلى الصفحة
window-dismiss = إخفاء
window-nothing-found = لا شيء بهذا الاسم.
window-open = فتح مخطوطة
window-sample = البدء بعيّنة
window-elsewhere = مكان هذه الصفحة نافذة Foolscap؛ يُرجى فتح البرنامج.

window-saved = محفوظ
window-saving = جارٍ الحفظ…
window-save-failed = لم يُحفظ: تُعاد المحاولة
window-save-conflict = لم يُحفظ: عُدّل في مكان آخر

# ما تفعله الآلة الآن، في سطر الحالة وإلى جانب الصفحة.
window-doing-waiting = في انتظار النموذج…
window-doing-reading = يقرأ…
window-doing-reading-part = يقرأ، { unit-percent }…
window-doing-writing = يكتب…
window-doing-loading = جارٍ التحميل…
window-doing-loading-part = جارٍ التحميل، { unit-percent }…
window-doing-resting = في سكون ويستيقظ عند الطلب
window-doing-failed = لا يمكن استعماله
window-doing-ready = جاهز
window-first-word = أول كلمة { NUMBER($seconds, minimumFractionDigits: 2, maximumFractionDigits: 2) } ث
window-speed = { NUMBER($tokens, maximumFractionDigits: 0) } رمز/ث
window-back = العودة إلى الصفحة
window-read-only = للقراءة فقط
