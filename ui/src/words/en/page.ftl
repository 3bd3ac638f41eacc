# The sheet of paper itself, and what stands on it that is not the writer's.

page-label = Manuscript
page-hint = Begin anywhere. When you are stuck, press { $keys }.
page-sample = Begin with a sample: “{ $title }”
page-selection = Selection
page-emphasis = Emphasis
# One letter on a button, for words that lean.
page-emphasis-letter = i
page-strong = Strong
# One letter on a button, for words in bold.
page-strong-letter = b
