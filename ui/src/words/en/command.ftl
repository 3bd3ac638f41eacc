# Titles of commands, as the command list (Ctrl+P) and the keys' help show them. `command-group-…` are the headings there.

command-group-stuck = Stuck
command-group-offered = Suggestions
command-group-text = Text
command-group-page = Page
command-group-manuscripts = Manuscripts
command-group-window = Window
command-group-model = Model

command-continue = Continue at the cursor
command-brainstorm = Brainstorm: several ideas
command-rewrite = Rewrite the selection…
command-describe = Describe: what the senses have
command-dialogue = Dialogue: what they say now
command-bridge = Bridge: from before the cursor to after it
command-summarise = Summarise the selection, or the scene
command-outline = Outline: a list of beats
command-critique = Critique: notes in the margin
command-check = Check: what contradicts lore and earlier scenes
command-remarks = Go to the margin notes, or close them
command-unstick = Unstick me: what is missing?
command-translate = Translate the selection…
command-ask = Ask for something: action, instruction, how many, how long…
command-plan = Plan: what would be sent
command-inline = Suggest a few words at a pause: on or off

command-take = Take the suggestion, or replace
command-take-word = Take a word of it
command-take-sentence = Take a sentence of it
command-below = Insert the suggestion below
command-both = Keep both: the suggestion behind the selection
command-mix = Mix sentences of several candidates
command-again = Again, with other words
command-next = Next candidate
command-previous = Previous candidate
command-earlier = Earlier suggestions at this place
command-later = Later suggestions at this place
command-dismiss = Send the unasked words away
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
command-new-scene = New scene
command-new-chapter = New chapter
command-new-part = New part
command-split = Split the scene at the cursor
command-merge = Merge with the next scene
command-next-scene = Next scene
command-previous-scene = Previous scene
command-undo-tree = Undo the last step in the tree
command-redo-tree = Redo the last step in the tree
command-archive = What was put away…
command-archive-manuscript = Put this manuscript away
command-sample = Begin with a sample…
command-save = Save now (it is saved by itself)

command-commands = Commands
command-keys = Keys
command-nav = Show or hide the manuscripts
command-focus-nav = Go to the manuscripts
command-focus-page = Go to the page
command-focus-panel = Go to the suggestions
command-panel = Show or hide the suggestions
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
