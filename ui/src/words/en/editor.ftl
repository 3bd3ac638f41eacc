# What the editor says, and the settings of the page.

editor-note = Note to self

# A machine's words, where they are pointed at.
editor-machine = Written by a machine
editor-machine-changed = Written by a machine, changed since
editor-model = Written by { $model }
editor-model-changed = Written by { $model }, changed since

editor-page = Page
editor-typeface = Typeface
editor-typeface-literata = Literata
editor-typeface-inter = Inter
editor-typeface-serif = The system’s, with serifs
editor-typeface-sans = The system’s, without serifs
editor-typeface-mono = The system’s, all characters of one width
editor-size = Text size (%)
editor-line-height = Line spacing (%)
editor-measure = Characters in a line
editor-measure-detail = About as many as fit; fewer where the window is narrow.
editor-focus = Focus
editor-focus-detail = What is not in hand stands back.
editor-focus-off = Off
editor-focus-paragraph = On the paragraph
editor-focus-sentence = On the sentence
editor-typewriter = Typewriter
editor-typewriter-detail = The line in hand stays at the same height.
editor-typography = Typographic signs
editor-typography-detail = Straight quotation marks, -- and ... become those of the text’s language. Backspace right after gives them back.
