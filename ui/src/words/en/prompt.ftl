# One prompt: its text, its versions, and what it would send. `$prompt` is a label such as “my continue v3”.

prompt-text = Text of the prompt
prompt-completions = What can be written here
prompt-key-complete = { $keys } says what can be written
prompt-key-leave = { $keys } leaves the text
prompt-fine = Nothing is wrong with it.
prompt-draft-fine = Nothing is wrong with it. Changed since { $prompt }, and kept as a draft.
prompt-problem-line = Line { NUMBER($line) }:
prompt-go-to-line = Go to the line
prompt-came = Came with Foolscap
prompt-changed = changed, not saved as a version
prompt-mark-in-use = v{ $number } in use
prompt-mark-draft = with changes that are no version yet
prompt-in-use-here = in use here
prompt-in-use-everywhere = in use everywhere
prompt-beside = Beside the text
prompt-pane-rendered = What it would send
prompt-pane-versions = Versions
prompt-made-of = made of { $prompt }
prompt-compare = Compare with
prompt-compare-none = nothing
prompt-compare-lines = What changed, line by line
prompt-compare-same = Both texts are the same.
prompt-compare-left = { $lines ->
    [one] { $lines } line unchanged
   *[other] { $lines } lines unchanged
}
prompt-rendered = What it would send
prompt-not-rendered = What it would send cannot be told just now; below is what it was.
prompt-own-variables = Variables of the prompt’s own
prompt-parts = What goes in, and what does not
prompt-cut-here = The text’s beginning was cut here

prompt-save = Save a new version
prompt-save-help = A version never changes. What you write here says later what it was made for.
prompt-fork = Save as a prompt of your own
prompt-fork-help = Another name makes another prompt; this one stays as it is.
prompt-fork-help-came = What came with Foolscap stays as it is. Give yours a name of its own.
prompt-name = Name
prompt-name-taken = A prompt is called that already.
prompt-message = What is new in it
prompt-message-example = Shorter system text
prompt-keep = Save
prompt-saved = Saved as { $prompt }.
prompt-nothing-new = That is what { $prompt } says already.
prompt-restored-message = The text of { $prompt } again
prompt-restored = The text of { $old } is { $prompt } now.
prompt-discard = Throw the changes away
prompt-discarded = The changes are thrown away.
prompt-used-here = “{ $title }” uses { $prompt } now.
prompt-used-everywhere = { $prompt } is used everywhere now.
prompt-used-as-it-came = What came with Foolscap is used again.
prompt-archived = “{ $name }” put away.
prompt-unarchived = “{ $name }” is back.
prompt-put-away = Put away: { NUMBER($prompts) }
prompt-bring-back = Bring back
prompt-import = Import a folder of prompts…
prompt-export-all = Export prompts to a folder…
prompt-exported = Written to { $folder }: { NUMBER($files) }
prompt-imported = Read from { $folder }: { NUMBER($prompts) }
prompt-try = Try it
prompt-compare-in = In an experiment
prompt-do-save = Save version…
prompt-do-fork = Save as my own…
prompt-do-use = Use everywhere
prompt-do-use-here = Use here
prompt-compare-written = what was written since
