# Who wrote what: the writer, a machine, or a machine and then the writer.

authorship = Who wrote what
authorship-table = Words by who wrote them
authorship-line = Part, chapter, scene
authorship-words = Words
authorship-human = You
authorship-made = Machine
authorship-edited = Machine, edited
authorship-share = Machine’s part
authorship-all = All
authorship-empty = There are no words in this manuscript yet.
authorship-all-yours = { $words ->
    [one] You wrote the { $words } word of this manuscript.
   *[other] You wrote all { $words } words of this manuscript.
  }
authorship-sum = { $made ->
    [one] { $made } word
   *[other] { $made } words
  } of { $words } came from a machine: { $percent }.
authorship-sources = Where the machine’s words came from
authorship-unknown-model = not recorded
authorship-by-prompt = prompt { $prompt }, version { $version }
authorship-unread = Written by another version of Foolscap; not counted.
authorship-help = Machine: words of a language model as it wrote them. Machine, edited: its words in a passage that you changed since; what you put in counts as yours. Notes to self are not counted.
authorship-made-at = Counted on { $when }.
authorship-save-json = Save as JSON…
authorship-save-text = Save as text…
authorship-file = { $title } – who wrote what
authorship-saved = The report is in { $file }.

authorship-who = Who wrote this?
authorship-you = You wrote this
authorship-machine = The machine wrote this
authorship-nothing = There is nothing at the cursor. Put it into some words, or select them.
authorship-not-recorded = How these words came to be was not recorded here: they may have come with an imported file.
authorship-model = Model
authorship-file-of-model = File
authorship-asked = Asked for
authorship-prompt = Prompt
authorship-version = version { $version }
authorship-seed = Seed
authorship-when = Written on
authorship-original = As the model wrote it
authorship-original-changed = You have changed it since. As the model wrote it:
authorship-action-continue = Continue
authorship-action-brainstorm = Brainstorm
authorship-action-rewrite = Rewrite
authorship-set-instruction = Instruction
authorship-set-words = Words wanted
authorship-set-candidates = Candidates
authorship-set-temperature = Temperature
