# المقادير حيثما ذُكرت.

unit-words = { $words ->
    [zero] لا كلمات
    [one] كلمة واحدة
    [two] كلمتان
    [few] { $words } كلمات
    [many] { $words } كلمة
   *[other] { $words } كلمة
}
unit-tokens = { $tokens ->
    [zero] لا رموز
    [one] رمز واحد
    [two] رمزان
    [few] { $tokens } رموز
    [many] { $tokens } رمزًا
   *[other] { $tokens } رمز
}
unit-ideas = { $ideas ->
    [zero] لا أفكار
    [one] فكرة واحدة
    [two] فكرتان
    [few] { $ideas } أفكار
    [many] { $ideas } فكرة
   *[other] { $ideas } فكرة
}
unit-percent = { $percent }%
unit-kilobytes = { NUMBER($n, maximumFractionDigits: 0) } ك.ب
unit-megabytes = { NUMBER($n, maximumFractionDigits: 0) } م.ب
unit-gigabytes = { NUMBER($n, minimumFractionDigits: 1, maximumFractionDigits: 1) } غ.ب
unit-rate = { $amount }/ث
unit-seconds = { $n } ث
unit-minutes = { $n } د
unit-hours = { $hours } س { $minutes } د
unit-candidates = { $candidates ->
    [zero] لا صيغ
    [one] صيغة واحدة
    [two] صيغتان
    [few] { $candidates } صيغ
    [many] { $candidates } صيغة
   *[other] { $candidates } صيغة
}
unit-changes = { $changes ->
    [zero] لا تغييرات
    [one] تغيير واحد
    [two] تغييران
    [few] { $changes } تغييرات
    [many] { $changes } تغييرًا
   *[other] { $changes } تغيير
}
