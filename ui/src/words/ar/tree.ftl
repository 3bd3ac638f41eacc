# شجرة المخطوطة: سطورها وما يمكن فعله بها وما فُعل.

tree = المخطوطة
tree-row = { $name }، { $kind ->
    [part] جزء
    [chapter] فصل
   *[scene] مشهد
  }، { $words ->
    [zero] بلا كلمات
    [one] كلمة واحدة
    [two] كلمتان
    [few] { $words } كلمات
    [many] { $words } كلمة
   *[other] { $words } كلمة
  }
tree-rename = العنوان
tree-menu = ما يمكن فعله بـ«{ $name }»
tree-untitled-part = جزء بلا عنوان
tree-untitled-chapter = فصل بلا عنوان
tree-untitled-scene = مشهد فارغ
tree-status-planned = لم يُكتب بعد
tree-status-draft = مسودة
tree-status-revised = منقّح
tree-status-done = منتهٍ

tree-do-rename = إعادة التسمية
tree-do-card = الملخّص والملاحظات
tree-do-new-scene = مشهد جديد بعده
tree-do-new-chapter = فصل جديد بعده
tree-do-new-part = جزء جديد بعده
tree-do-duplicate = نسخ
tree-do-up = نقل إلى أعلى
tree-do-down = نقل إلى أسفل
tree-do-merge = دمج مع المشهد التالي
tree-do-archive = وضع جانبًا

tree-added-part = جزء جديد فيه مشهد فارغ.
tree-added-chapter = فصل جديد فيه مشهد فارغ.
tree-added-scene = مشهد جديد.
tree-renamed = أُعيدت تسمية «{ $name }».
tree-moved = نُقل «{ $name }».
tree-duplicated = نُسخ «{ $name }».
tree-archived = وُضع «{ $name }» جانبًا.
tree-unarchived = عاد «{ $name }».
tree-split = صار المشهد مشهدين.
tree-merged = صار المشهدان مشهدًا واحدًا.
tree-undone = تم التراجع: { $step }
tree-redone = أُعيد التنفيذ: { $step }

tree-scene-title = عنوان المشهد
tree-others = مخطوطات أخرى
tree-all = كل المخطوطات
tree-undo = تراجع
tree-words = { $words ->
    [zero] لا كلمات في المجموع
    [one] كلمة واحدة في المجموع
    [two] كلمتان في المجموع
    [few] { $words } كلمات في المجموع
    [many] { $words } كلمة في المجموع
   *[other] { $words } كلمة في المجموع
  }
