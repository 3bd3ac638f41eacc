# Amounts, wherever they are told.

unit-words = { $words ->
    [one] { $words } word
   *[other] { $words } words
}
unit-tokens = { $tokens ->
    [one] { $tokens } token
   *[other] { $tokens } tokens
}
unit-ideas = { $ideas ->
    [one] { $ideas } idea
   *[other] { $ideas } ideas
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
    [one] { $candidates } way
   *[other] { $candidates } ways
}
unit-changes = { $changes ->
    [one] { $changes } change
   *[other] { $changes } changes
}
