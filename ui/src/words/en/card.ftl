# The card of a scene: what its author keeps beside the text.

card = Card of the scene
card-of = { $kind ->
    [part] The part
   *[chapter] The chapter
  }
card-hide = Hide the card
card-back = Back to the scene on the page
card-status = Status
card-synopsis = Synopsis
card-synopsis-hint = { $kind ->
    [part] What is to happen in this part
    [chapter] What is to happen in this chapter
   *[scene] What is to happen in this scene
  }
card-chapter-synopsis = { $kind ->
    [part] Part “{ $name }”
   *[chapter] Chapter “{ $name }”
  }
card-notes = Notes to self
card-notes-hint = For you alone: never exported, never told to a model
card-taken-back = What was changed last beside the page is as it was before.
card-again = Change it again
