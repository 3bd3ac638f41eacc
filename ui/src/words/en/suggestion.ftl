# Suggestions: what is offered, choosing among it, and what can be done with it.

suggestion-panel = Suggestions
suggestion-heading-ways = { $action } · { unit-candidates }
suggestion-heading-ideas = { $action } · { unit-ideas }
suggestion-of = { $at } of { $of }
suggestion-pending = yours to take or leave
suggestion-no-instructions = This model cannot follow instructions. It fills the gap from the words around it, whatever was asked.
suggestion-adrift = The text changed meanwhile
suggestion-adrift-why = These words were meant for a place that is no longer as it was.

# Beside the keys.
suggestion-way-take = take
suggestion-way-replace = replace
suggestion-way-take-word = a word
suggestion-way-take-sentence = a sentence
suggestion-way-stop = stop, keep
suggestion-way-leave = leave
suggestion-way-again = again
# On buttons.
suggestion-do-take = Take
suggestion-do-replace = Replace
suggestion-do-below = Insert below
suggestion-do-both = Keep both
suggestion-do-mix = Mix…
suggestion-insert = Insert at the cursor
suggestion-copy = Copy
suggestion-note = Keep as a note
suggestion-more = More like this
# Goes to the model as it is.
suggestion-more-like = Of this kind, but different: “{ $text }”
suggestion-plan = Plan…
suggestion-inserted = inserted
suggestion-copied = copied

suggestion-cards = Candidates
suggestion-cards-help = Arrow keys or figures choose, Enter takes, Escape leaves.
suggestion-card-done = done
suggestion-card-writing = writing…
suggestion-card-reading = reading…
suggestion-ideas = Ideas
suggestion-ideas-help = Arrow keys or figures choose, Enter inserts at the cursor, C copies, N keeps as a note, M asks for more like it, Escape leaves.
suggestion-candidates = Candidates
suggestion-step-previous = Previous candidate
suggestion-step-next = Next candidate

# Asked before and after at the same place.
suggestion-walk = Suggestions at this place
suggestion-walk-earlier = earlier
suggestion-walk-later = later
suggestion-no-earlier = Nothing earlier was suggested here.
suggestion-no-later = Nothing later was suggested here.
suggestion-since = Asked on { $when }
# All of a scene, whatever their place.
suggestion-earlier = Suggestions for this scene
suggestion-earlier-now = in this session
suggestion-earlier-taken = taken from
suggestion-earlier-none = Nothing has been suggested in this scene yet.
suggestion-earlier-help = Arrow keys choose, { key-enter } offers it again, { key-escape } closes.

suggestion-changes = Changes
suggestion-changes-help = Arrow keys go from change to change, Space takes or leaves one, Enter replaces.
suggestion-changes-taken = { unit-changes }, { $taken } taken
suggestion-changes-all = Take all changes
suggestion-changes-none = Leave all changes
suggestion-change = “{ $before }” becomes “{ $after }”
suggestion-change-gone = “{ $before }” goes
suggestion-change-new = “{ $after }” is new

suggestion-mix = Sentences to pick
suggestion-mix-help = A press or Space picks a sentence as the next one, Backspace gives the last one back, Enter takes the text.
suggestion-mix-own = As it is
suggestion-mix-candidate = Candidate { $n }
suggestion-mix-text = Your text
suggestion-mix-empty = Nothing is picked yet.
suggestion-mix-back = One back
suggestion-mix-end = Stop mixing

suggestion-instruction = Instruction
suggestion-instruction-example = Anything that is wished for besides
suggestion-instruction-send = asks again with it

suggestion-elsewhere = In “{ $scene }”
suggestion-elsewhere-go = Go there
suggestion-elsewhere-stop = Stop
suggestion-elsewhere-done = Suggestions are ready in “{ $scene }”.

suggestion-menu = What can be asked
suggestion-menu-ask = Ask for something…

# Said by a screen reader.
suggestion-said-writing = Writing…
suggestion-said-stopped = Stopped.
suggestion-said-taken = Taken.
suggestion-said-not-taken = Not taken.
suggestion-said-back = Back again.
suggestion-said-nothing = Nothing came.
suggestion-said-noted = Kept in a note.
suggestion-said-copied = Copied.
suggestion-said-not-copied = The system did not let it be copied.
suggestion-said-adrift = The text changed meanwhile. What came is offered beside the page.
suggestion-said-ideas = { unit-ideas }. Arrow keys choose, { key-enter } inserts one, { key-escape } leaves them.
suggestion-said-several = { unit-candidates } suggested. { key-tab } takes the one on the page, { key-escape } leaves them.
suggestion-said-words = { unit-words } suggested. { key-tab } takes them, { key-escape } leaves them.
suggestion-said-changes = { unit-changes } suggested. { key-tab } replaces, { key-escape } leaves the text as it is.
