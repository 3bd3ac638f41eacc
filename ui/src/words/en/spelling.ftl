# Misspelt words on the page, their menu, and the dialog about them.

spelling = Spelling
spelling-on = Mark misspelt words
spelling-on-help = Checked on this machine, by its dictionaries. Nothing is sent anywhere.
spelling-language = Language of the manuscript…
spelling-checked = Checked with the dictionary for { $language }.
spelling-words = Its right words…
spelling-dictionaries = Other languages
spelling-dictionaries-help = Dictionaries of this system, of LibreOffice and of the folder below are used. They are Hunspell’s: two files, such as fr_FR.aff and fr_FR.dic.
spelling-show = Show the folder
spelling-menu = “{ $word }” may be misspelt
spelling-looking = Looking for words…
spelling-no-suggestions = No suggestions
spelling-add = Add to this manuscript’s words
spelling-leave = Leave for now
spelling-next = Next misspelt word
spelling-open = Spelling…
spelling-added = “{ $word }” is one of this manuscript’s words now.
spelling-none = No word is marked as misspelt here.
spelling-unknown = Spelling is not checked here. “Spelling…” says why.
