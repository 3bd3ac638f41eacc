# Notes on the scene: what a critique or a check says, passage by passage.

remark = Margin notes
remark-help = Arrow keys walk through the notes, Enter goes to the passage, Delete dismisses, I says that a contradiction is meant so, Escape closes.
remark-close = Close
remark-stop = Stop
remark-again = Ask again
remark-none = There are no notes on this scene yet. A critique says what works and what does not; a check holds the scene against lore and earlier scenes.
remark-nothing = Nothing was found.
remark-quote = “{ $quote }”
remark-source = { $title }: “{ $quote }”
remark-reason = Meant so: { $reason }
remark-gone = These words are no longer in the text.
remark-discarded = { $notes ->
    [one] { $notes } note was discarded: what it quotes does not stand where it should.
   *[other] { $notes } notes were discarded: what they quote does not stand where it should.
}
remark-cut = The text is longer than the model sees: { unit-tokens } of its beginning were not read. Select a part to have it read.

remark-group-contradicts = Contradicts what is known
remark-group-note = Critique
remark-group-new = New: nothing known speaks of it
remark-group-supported = Supported by what is known
remark-group-intended = Contradicts, and is meant so

remark-concern-strength = Works.
remark-concern-clarity = Clarity.
remark-concern-pace = Pace.
remark-concern-repetition = Repetition.
remark-concern-voice = Voice.
remark-concern-logic = Logic.
remark-concern-telling = Told, not shown.
remark-concern-cliche = Worn phrase.

remark-go = Go there
remark-dismiss = Dismiss
remark-dismissed = The note is dismissed.
remark-intend = Meant so…
remark-unintend = Not meant so
remark-why = Why is it meant so?
remark-why-example = She lies to him, and he finds out later.
remark-why-keep = Keep the reason
remark-intended-kept = Kept: it is meant so, in later checks too.
remark-not-intended = It counts as a contradiction again.

remark-unable = { $model } only carries texts on and follows no instructions; it cannot judge a scene.
remark-unable-here = These models here can:
remark-unable-offers = These can be had, and fit this machine:
remark-unable-use = Use it
remark-unable-models = Models…

remark-elsewhere = Notes are ready on “{ $scene }”.

# Said by a screen reader.
remark-said-reading = The scene is being read…
remark-said-done = { $notes ->
    [one] { $notes } note. Arrow keys walk through them, { key-enter } goes to the passage.
   *[other] { $notes } notes. Arrow keys walk through them, { key-enter } goes to the passage.
}
remark-said-stopped = Stopped. The notes from before are still there.
remark-back = Taken back.
