# Earlier states of a scene: what was kept, when and why, and the way back.

history = History
history-states = Earlier states
history-empty = There is no earlier state of this scene yet.
history-empty-help = Foolscap keeps one every few minutes of writing, before much is removed, and before the machine’s words go in. Keep one yourself, under a name, with { $keys }.
history-today = Today
history-yesterday = Yesterday

history-cause-typing = While writing
history-cause-removal = Before a removal
history-cause-machine = Before the machine’s words
history-cause-snapshot = Snapshot
history-cause-restore = Before another state came back
history-cause-split = Before the scene was split
history-cause-merge = Before scenes were merged
history-cause-replace = Before words were replaced
history-cause-import = Before an import
history-cause-other = Kept

history-way = How to look at it
history-way-inline = Changes
history-way-beside = Side by side
history-way-page = As it was
history-against = Compare with
history-against-present = the present
history-against-before = the state before it
history-now = Now
history-sum = { $added ->
    [one] { $added } word added
   *[other] { $added } words added
  }, { $removed ->
    [one] { $removed } removed
   *[other] { $removed } removed
  }
history-next-change = Next change
history-previous-change = Previous change
history-change-at = Change { $at } of { $many }
history-unchanged = { $paragraphs ->
    [one] { $paragraphs } paragraph unchanged
   *[other] { $paragraphs } paragraphs unchanged
  }
history-same = Nothing has changed between these two.
history-only-looks = The words are the same. Only how they look, who wrote them, or notes to self have changed.

history-restore = Bring this state back
history-restored = The scene is as it was on { $when }. What was there is kept.
history-name = Name
history-give-name = Name it…
history-rename = Rename…
history-snapshot = Take a snapshot…
history-snapshot-help = A snapshot is kept for good, whatever you write afterwards.
history-snapshot-of = What is kept
history-of-scene = This scene
history-of-all = Every scene of the manuscript
history-keep = Keep it
history-snapshot-taken = This scene is kept as “{ $name }”.
history-snapshot-nothing = There is nothing on this page yet that could be kept.
history-snapshots-taken = { $scenes ->
    [one] { $scenes } scene is kept
   *[other] { $scenes } scenes are kept
  } as “{ $name }”.
