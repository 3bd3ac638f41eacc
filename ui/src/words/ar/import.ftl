# الملفات إلى المكتبة.

import = استيراد
import-help = اختر ملفات مخطوطة أو مجلدًا منها. سترى ما سينتج قبل حفظ أي شيء.
import-kinds = Word (DOCX) وOpenDocument (ODT) وRTF وEPUB وMarkdown ونص عادي وHTML ومشاريع Scrivener. ويمكن أيضًا إفلات الملفات على النافذة.
import-choose-files = اختر ملفات…
import-choose-folder = اختر مجلدًا…
import-reading = تجري قراءة { $files }…
import-by = تأليف { $author }
import-outline = ما سيأتي
import-parts = { $parts ->
    [zero] بلا أجزاء
    [one] جزء واحد
    [two] جزءان
    [few] { $parts } أجزاء
    [many] { $parts } جزءًا
   *[other] { $parts } جزء
  }
import-chapters = { $chapters ->
    [zero] بلا فصول
    [one] فصل واحد
    [two] فصلان
    [few] { $chapters } فصول
    [many] { $chapters } فصلًا
   *[other] { $chapters } فصل
  }
import-scenes = { $scenes ->
    [zero] بلا مشاهد
    [one] مشهد واحد
    [two] مشهدان
    [few] { $scenes } مشاهد
    [many] { $scenes } مشهدًا
   *[other] { $scenes } مشهد
  }
import-no-chapter = خارج أي فصل
import-more-chapters = { $chapters ->
    [zero] ولا فصول أخرى
    [one] وفصل آخر
    [two] وفصلان آخران
    [few] و{ $chapters } فصول أخرى
    [many] و{ $chapters } فصلًا آخر
   *[other] و{ $chapters } فصل آخر
  }
import-left-out = ما لا يأتي كما هو
import-into = إلى أين يذهب
import-into-new = إلى مخطوطة خاصة به
import-into-open = إلى آخر «{ $title }»
import-do = استورد
import-storing = يجري الحفظ…
import-others = ملفات أخرى…
import-done = دخل { $scenes ->
    [zero] لا مشاهد
    [one] مشهد واحد
    [two] مشهدان
    [few] { $scenes } مشاهد
    [many] { $scenes } مشهدًا
   *[other] { $scenes } مشهد
  } فيها { $words ->
    [zero] لا كلمات
    [one] كلمة واحدة
    [two] كلمتان
    [few] { $words } كلمات
    [many] { $words } كلمة
   *[other] { $words } كلمة
  }.
