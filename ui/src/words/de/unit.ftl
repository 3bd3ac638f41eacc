# Mengen, wo immer sie genannt werden.

unit-words = { $words ->
    [one] { $words } Wort
   *[other] { $words } Wörter
}
unit-tokens = { $tokens ->
    [one] { $tokens } Token
   *[other] { $tokens } Tokens
}
unit-ideas = { $ideas ->
    [one] { $ideas } Idee
   *[other] { $ideas } Ideen
}
unit-percent = { $percent } %
unit-kilobytes = { NUMBER($n, maximumFractionDigits: 0) } kB
unit-megabytes = { NUMBER($n, maximumFractionDigits: 0) } MB
unit-gigabytes = { NUMBER($n, minimumFractionDigits: 1, maximumFractionDigits: 1) } GB
unit-rate = { $amount }/s
unit-seconds = { $n } s
unit-minutes = { $n } min
unit-hours = { $hours } h { $minutes } min
unit-candidates = { $candidates ->
    [one] { $candidates } Fassung
   *[other] { $candidates } Fassungen
}
unit-changes = { $changes ->
    [one] { $changes } Änderung
   *[other] { $changes } Änderungen
}
