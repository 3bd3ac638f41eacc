# Tasten, wie sie auf deutschen Tastaturen heißen.

key-mod = Strg
key-alt = Alt
key-shift = Umschalt
key-escape = Esc
key-enter = Eingabe
key-tab = Tab
key-delete = Entf
key-pageup = Bild ↑
key-pagedown = Bild ↓
key-space = Leertaste
key-backspace = Rücktaste
key-insert = Einfg
key-home = Pos1
key-end = Ende
