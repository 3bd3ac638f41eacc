# The form that asks the machine, and the menu beside a selection.

ask = Ask the machine
ask-action = Action
ask-how = How?
ask-besides = What is wished for besides?
ask-example = Livelier, the same length…
ask-go = Ask
ask-variants = In this way
ask-candidates = Candidates
ask-words = Words
ask-language = Into which language?
ask-language-another = another one…
ask-language-name = Name of the language
ask-needs-how = Say how, or press one of the ways below.
ask-needs-language = Choose a language first.
ask-needs-selection = Select some words first, or put the cursor into a paragraph.
ask-needs-after = There is nothing after the cursor to lead to. Put the cursor where something is missing.
ask-rewrite = Rewrite…
ask-translate = Translate…
ask-more = More…
