# الإعدادات: الكلمات والأفكار والحرية والمظهر واللغة والذاكرة ومصدر النماذج.

settings = الإعدادات
settings-theme = المظهر
settings-theme-system = كما في النظام
settings-theme-light = فاتح
settings-theme-dark = داكن
settings-language = اللغة
settings-language-system = كما في النظام
