# Titles of the system's own dialogs, and what files are called in them.

dialog-model = اختر نموذجًا
dialog-model-folder = اختر مجلدًا فيه نموذج
dialog-import = استيراد
dialog-manuscripts = مخطوطات
dialog-import-folder = استيراد مجلد
dialog-prompts = مجلد مطالبات
dialog-passages = مقاطع
