# Passages that prompts are tried on.

passage-tried-on = Tried on
passage-of-page = the place on the page
passage-empty = Empty passage
passage-new-set = New set of passages
passage-unnamed = Passages
passage-set-name = Name of the set
passage-about = Prompts are tried on these, and compared. A passage is where a text stops, or the words that are selected in it.
passage-none = There is no passage in it yet. Add the place where you are on the page, or read a file: CSV with a heading for each column, or JSON with an object a line.
passage-add-page = Add the place on the page
passage-add-file = Read a file (CSV, JSONL)…
passage-add = Add an empty one
passage-archive = Put the set away
passage-archived = “{ $name }” put away.
passage-remove = Take it out
passage-removed = The passage is taken out.
passage-field-title = Title
passage-field-before = Text before the cursor
passage-field-selection = Selection
passage-field-after = Text after it
passage-field-instruction = Instruction
passage-field-language = Language (en, de, …)
passage-field-reference = What a good answer was
passage-field-variant = Variant of the action
passage-field-into = Language to translate into
passage-added = Added to “{ $name }”.
passage-see = See it
