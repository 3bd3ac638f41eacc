# أسماء المفاتيح كما هي مطبوعة على لوحات المفاتيح العربية، وهي بالحروف اللاتينية.

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
