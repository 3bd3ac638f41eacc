# The view of a whole manuscript: what its author says of it, how it is to sound, which words are right in it.

about = About this manuscript
about-tab-said = The book
about-tab-goals = Goals
about-tab-style = Style
about-tab-words = Right words
about-tab-summaries = Summaries

about-title = Title
about-author = Author
about-author-hint = The name on the title page
about-author-help = It stands on what you export of this manuscript.
about-synopsis = Synopsis
about-synopsis-hint = What is it about?
about-synopsis-help = A model is told, where there is room.
about-note = Author’s note
about-note-hint = Past tense, close to Ada. No magic.
about-note-help = Told to a model with every request.
about-language = Language it is written in
about-language-none = Not said
about-language-other = Another…
about-language-tag = Language, as BCP 47 has it
about-language-wrong = No language is called that.
about-language-help = For quotation marks, spelling and what is exported. The language of the window is set in the settings.
about-direction = Lines run
about-direction-auto = as each paragraph’s letters say
about-direction-ltr = from left to right
about-direction-rtl = from right to left

about-style-intro = Passages that sound as the story is to sound: your own, or another’s. A model is shown those in use, where there is room.
about-style-none = There is none yet. Select a passage on the page and add it by the command “Add the selection to the style”, or paste one here.
about-sample-title = Called
about-sample-title-hint = Dialogue, dry
about-sample-text = Passage
about-sample-in-use = In use
about-sample-archive = Put away
about-sample-archived = The passage is put away.
about-sample-new = Another passage
about-sample-add = Add it
about-sample-added = The passage now shows how the story is to sound.
about-sample-see = Show
about-samples-put-away = { $n ->
    [one] One passage was put away
   *[other] { $n } passages were put away
  }

about-words-intro = Names and words of your own that are spelled as you spell them. Names in the lore need not stand here.
about-words-none = There is none yet.
about-word = A word that is right
about-word-add = Add it
about-word-remove = Take “{ $word }” off the list
about-word-removed = “{ $word }” is off the list.
