# Summaries of scenes, for the scenes that come after them.

summary = Summary
summary-hint = What happens, in short
summary-intro = What happened earlier, in short: a model is told when it works on a later scene. Write it yourself, or let the model in use write it; what it wrote can be changed at once.
summary-none = Nothing is written yet that could be summed up.
summary-by-model = by { $model }
summary-by-author = by you
summary-in-pieces = read in { $pieces } pieces, since it is longer than the model sees
summary-stale = The scene has changed since.
summary-confirm = It still holds
summary-make = Sum up this scene
summary-again = Sum up again
summary-stop = Stop
summary-reading = the model is reading…
summary-writing = the model is writing…
summary-have = { $n } of { $scenes } scenes have one that is up to date.
summary-all = Sum up the others
summary-of = { $done } of { $scenes } scenes
summary-made = { $scenes ->
    [one] One scene summed up.
   *[other] { $scenes } scenes summed up.
  }
summary-own = { $scenes ->
    [one] One that you wrote yourself is of a scene that has changed since; it stays as it is.
   *[other] { $scenes } that you wrote yourself are of scenes that have changed since; they stay as they are.
  }
summary-none-made = The model gave no summary. Ask again, or write one yourself.
summary-said-begun = { $scenes ->
    [one] The scene is being summed up.
   *[other] { $scenes } scenes are being summed up.
  }
summary-said-done = { $scenes ->
    [one] The summary is there.
   *[other] { $scenes } summaries are there.
  }
summary-said-stopped = { $scenes ->
    [0] Stopped.
    [one] Stopped; one summary is there.
   *[other] Stopped; { $scenes } summaries are there.
  }
