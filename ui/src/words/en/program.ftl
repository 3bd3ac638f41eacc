# Texts of the program as it says them, letter by letter, with variables where it puts something in (`program.ts`).

# What a model of the catalogue is good at.
program-good-quick-smallest = quick ideas on the smallest machine
program-good-quick-long = quick ideas, long texts
program-good-quick-rewriting = quick ideas, rewriting
program-good-short = short passages, a light voice
program-good-fast-long = fast answers, long texts
program-good-open-data = made in the open, data and all
program-good-open-company = made in the open, good company
program-good-rewriting-long = rewriting, long texts
program-good-summaries = summaries, clear prose
program-good-own-voice = carrying a story on in its own voice
program-good-dialogue-rewriting = dialogue, rewriting
program-good-european-rewriting = European languages, rewriting
program-good-european-long = European languages, long prose
program-good-outlines = outlines, critique
program-good-voice = voice, dialogue
program-good-voice-time = voice, dialogue, in little time
program-good-voice-long = voice, dialogue, long prose
program-good-everything-long = everything, long texts
program-good-everything-small = everything a small machine can do
program-good-long-critique = long prose, critique
program-good-long-choice = long prose; many authors' choice

# The languages it knows.
program-languages-many = many languages
program-languages-english = English
program-languages-more = { $n } languages and more
program-languages = { $n } languages

# What holds for a model where nothing is set.
program-default-context = { $n }, as memory allows
program-default-threads = { $n }, one a core that is worth it
program-default-card = the graphics card, where there is one
program-default-processor = the processor: this build knows no card
program-default-layers = as many of { $n } as fit
program-default-bits = 16 bits
program-default-prompt = the prompt's
program-default-maker = { $n }, as its maker recommends
program-default-template = the model's own
program-default-none = none
program-default-instruct = as the model is: follows instructions
program-default-base = as the model is: carries text on

# Why a part of the story was left out.
program-left-out-fills = the model fills the gap from the words around it
program-left-out-carries-on = this model carries text on and follows no instructions
program-left-out-beginning = the model sees no more at once, so the beginning is left out
program-left-out-end = the model sees no more at once, so the end is left out
program-left-out-before = this prompt does not use the text before the place
program-left-out-after = this prompt does not use the text after the place
program-left-out-selected = this prompt does not use what is selected
program-left-out-place = this prompt has no place for it

# Facts of a model's file.
program-fact-yes = yes
program-fact-base = none (a base model: it carries text on)
program-fact-tokens = { $n } tokens
program-fact-memory = { $weights } for the weights, { $context } for a full context

# How far a judge agrees, and why it said nothing.
program-judge-few = only { $n } pairs were judged by both; { $least } are needed
program-judge-one = both always gave the same one verdict, which says nothing of agreement
program-judge-far = kappa is { $kappa } over { $n } pairs; at least { $least } is needed
program-judge-near = kappa is { $kappa } over { $n } pairs
program-judge-alike = it says the same of all { $n } answers, and so tells none from another
program-judge-unread = its answer could not be read
program-judge-turned = it gave other points when the criteria stood in the opposite order
program-judge-changed = it said otherwise when answer and reference changed places
program-judge-invented = it says that the answer contradicts, and quotes words that are not in it

# What answers are held against.
program-check-contains-not = Does not contain { $texts }
program-check-contains = Contains { $texts }
program-check-matches-not = Does not match { $pattern }
program-check-matches = Matches { $pattern }
program-check-repetition = Does not repeat itself
program-check-phrases = No stock phrases
program-check-first = First person
program-check-second = Second person
program-check-third = Third person
program-check-past = Past tense
program-check-present = Present tense
program-check-same-language = Same language
program-check-into = Language translated into
program-check-language = Language { $language }
