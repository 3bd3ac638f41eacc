# Titles of commands, as the command list (Ctrl+P) and the keys' help show them. `command-group-…` are the headings there.

command-group-stuck = Stuck
command-group-text = Text
command-group-page = Page
command-group-manuscripts = Manuscripts
command-group-window = Window
command-group-model = Model

command-continue = Continue at the cursor
command-brainstorm = Brainstorm: several ideas
command-rewrite = Rewrite the selection…
command-take = Take the suggestion
command-take-word = Take a word of it
command-again = Again, with other words
command-next = Next idea
command-previous = Previous idea
command-stop = Stop, and keep what came
command-leave = Leave the suggestion

command-undo = Undo
command-redo = Redo
command-emphasis = Emphasis
command-strong = Strong
command-chapter = Chapter heading (# and a space)
command-section = Section heading (## and a space)
command-paragraph = Plain paragraph
command-quotation = Quotation (> and a space)
command-break = Scene break (***)
command-note = Note to self (%% and a space)
command-marks = Show or hide which words the machine made

command-focus-paragraph = Focus: the paragraph in hand
command-focus-sentence = Focus: the sentence in hand
command-typewriter = Typewriter: the line in hand stays where it is
command-larger = Larger text
command-smaller = Smaller text
command-usual-size = Text at its usual size
command-typography = Typographic signs: on or off

command-new = New manuscript
command-open = Open a manuscript…
command-rename = Rename this manuscript
command-sample = Begin with a sample…
command-save = Save now (it is saved by itself)

command-commands = Commands
command-keys = Keys
command-nav = Show or hide the manuscripts
command-focus-nav = Go to the manuscripts
command-focus-page = Go to the page
command-focus-panel = Go to the suggestions
command-sent = Show or hide what was sent last
command-settings = Settings: words, ideas, freedom, theme, language…
command-light = Theme: light
command-dark = Theme: dark
command-system = Theme: as the system says
command-language-system = Language: as the system says
command-language = Language: { $language }

command-model = About this model…
command-models = Models: find one that fits, get it, use it
command-stop-loading = Stop loading the model
command-choose-model = Choose a model file…
command-starter = Use the starter model
