# Keys as they are printed on the keyboards of a language. On a Mac the signs of its keys stand for those that have one.

key-mod = Ctrl
key-alt = Alt
key-shift = Shift
key-escape = Esc
key-enter = Enter
key-tab = Tab
key-delete = Del
key-pageup = PgUp
key-pagedown = PgDn
key-space = Space
key-backspace = Backspace
key-insert = Ins
key-home = Home
key-end = End
