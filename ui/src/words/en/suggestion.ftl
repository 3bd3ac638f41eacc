# Suggestions: asking for them, choosing among them, and what was sent for them.

suggestion-panel = Suggestions
suggestion-continue = Continue
suggestion-rewrite = Rewrite · { $instruction }
suggestion-brainstorm = Brainstorm · { unit-ideas }
suggestion-pending = yours to take or leave
suggestion-way-take = take
suggestion-way-take-word = a word
suggestion-way-stop = stop, keep
suggestion-way-leave = leave
suggestion-way-again = again
suggestion-no-instructions = This model cannot follow instructions. It fills the gap from the words around it, whatever was asked.
suggestion-strayed = The text changed meanwhile
suggestion-strayed-why = These words came for a place that is no longer as it was.
suggestion-insert = Insert at the cursor

suggestion-ideas = Ideas
suggestion-ideas-help = Arrow keys or figures choose, Enter takes, Escape leaves.
suggestion-idea-done = done
suggestion-idea-writing = writing…
suggestion-idea-reading = reading…

suggestion-ask = Rewrite the selection
suggestion-ask-how = Rewrite the selection: how?
suggestion-ask-example = Livelier, the same length…
suggestion-ask-go = Rewrite
suggestion-ask-open = Rewrite…
# These are buttons, and go to the model as they are.
suggestion-preset-shorter = Shorter
suggestion-preset-longer = Longer
suggestion-preset-livelier = Livelier
suggestion-preset-plainer = Plainer
suggestion-preset-past = In the past tense

# Said by a screen reader.
suggestion-said-writing = Writing…
suggestion-said-stopped = Stopped.
suggestion-said-taken = Taken.
suggestion-said-not-taken = Not taken.
suggestion-said-back = Back again.
suggestion-said-nothing = Nothing came.
suggestion-said-ideas = { unit-ideas }. Arrow keys choose, { key-enter } takes one, { key-escape } leaves them.
suggestion-said-words = { unit-words } suggested. { key-tab } takes them, { key-escape } leaves them.

suggestion-sent = What was sent
suggestion-sent-heading = What was sent · { NUMBER($used) } of { NUMBER($limit) } tokens
suggestion-sent-spoken = { NUMBER($used) } of { NUMBER($limit) } tokens used, { NUMBER($reserved) } kept free for the answer
suggestion-sent-part = { $part } { NUMBER($tokens) }
suggestion-sent-reserved = { NUMBER($reserved) } kept free for the answer
suggestion-sent-missing = Left out of the { $part }: { unit-tokens }.
suggestion-sent-by = { $prompt } · seed { $seed } · { $model }
suggestion-part-prompt = prompt
suggestion-part-before = story before
suggestion-part-selection = selection
suggestion-part-after = story after
suggestion-part-instruction = instruction
