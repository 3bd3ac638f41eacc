# “Unstick me”: what is asked, what is found, what helps.

stuck = Stuck?
stuck-close = Close
stuck-question-what_is_missing = What is missing?
stuck-question-words_or_ideas = Words for the page, or ideas to choose from?
stuck-question-what_should_it_say = What should it say, roughly?
stuck-words = Words for the page
stuck-ideas = Ideas to choose from
stuck-says = Write it
stuck-says-nothing = I do not know either
stuck-says-example = She tells him about the box, but not whose name is on it.

stuck-kind-blank_page = A first sentence
stuck-kind-what_next = What happens next
stuck-kind-how_to_say_it = How to say it
stuck-kind-too_much = Where to begin: it is too much
stuck-kind-lost_thread = The thread: where was this going?

stuck-known = What is missing: { $kind }
stuck-because = Since { $reasons }.
stuck-because-page_is_blank = the page is blank
stuck-because-words_are_selected = words are selected
stuck-because-sentence_is_fought_over = much was written here and taken out again
stuck-because-text_goes_on_after = the text goes on after the cursor
stuck-because-long_away = you were away for days
stuck-because-you_said_so = you said so
stuck-help = What helps: { $action }
stuck-rather = Is it something else?
