# The list of keys, and changing them. `$keys` is “Ctrl+Enter” or several such, `$command` and `$others` are titles of commands.

keys-find = Find a command or a key
keys-beside = { $what } ({ $keys })
keys-change = Change
keys-change-of = Change the keys of “{ $command }”
keys-new = New keys
keys-more = One more
keys-press = Press the keys…
keys-remove = Take { $keys } from “{ $command }”
keys-reset = As it came
keys-reset-all = All as they came
keys-others = Other keys
keys-taken = { $keys } already stands for { $others }.
keys-name = “{ $command }”
keys-take = Give it to “{ $command }” instead
keys-refused-types = { $keys } writes a sign. Hold { $hold } or another key of that kind as well.
keys-refused-moves = { $keys } has its use while one writes. Hold { $hold } or another key of that kind as well.
keys-refused-clipboard = { $keys } is for copying and pasting, or selects all.
keys-said-set = “{ $command }” now has { $keys }.
keys-said-none = “{ $command }” has no keys now.
keys-said-undone = Taken back.
keys-said-reset-all = All keys are as they came.
