# The tree of a manuscript: its rows, what can be done with them, and what was done.

tree = Manuscript
tree-row = { $name }, { $kind ->
    [part] part
    [chapter] chapter
   *[scene] scene
  }, { $words ->
    [one] { $words } word
   *[other] { $words } words
  }
tree-rename = Title
tree-menu = What to do with “{ $name }”
tree-untitled-part = Untitled part
tree-untitled-chapter = Untitled chapter
tree-untitled-scene = Empty scene
tree-status-planned = To be written
tree-status-draft = Draft
tree-status-revised = Revised
tree-status-done = Done

tree-do-rename = Rename
tree-do-card = Synopsis and notes
tree-do-new-scene = New scene after it
tree-do-new-chapter = New chapter after it
tree-do-new-part = New part after it
tree-do-duplicate = Duplicate
tree-do-up = Move up
tree-do-down = Move down
tree-do-merge = Merge with the next scene
tree-do-archive = Put away

tree-added-part = A new part with an empty scene.
tree-added-chapter = A new chapter with an empty scene.
tree-added-scene = A new scene.
tree-renamed = “{ $name }” renamed.
tree-moved = “{ $name }” moved.
tree-duplicated = “{ $name }” duplicated.
tree-archived = “{ $name }” put away.
tree-unarchived = “{ $name }” is back.
tree-split = The scene is two scenes now.
tree-merged = The two scenes are one now.
tree-undone = Undone: { $step }
tree-redone = Done again: { $step }

tree-scene-title = Title of the scene
tree-others = Other manuscripts
tree-all = All manuscripts
tree-undo = Undo
tree-words = { $words ->
    [one] { $words } word in all
   *[other] { $words } words in all
  }
