# How much was written, and what the author set out to write.

progress = Progress
progress-today = { $words ->
    [one] { $words } word today
   *[other] { $words } today
  }
progress-short-today = { $done } today of { $goal }
progress-short-session = { $done } this session of { $goal }
progress-short-project = { $done } of { $goal }
progress-row-scene = This scene
progress-row-selection = Selected
progress-selected-of = { $selected } of { unit-words }
progress-characters = { $all ->
    [one] { $all } character, { $solid } without spaces
   *[other] { $all } characters, { $solid } without spaces
  }
progress-row-today = Today
progress-row-session = This session
progress-row-project = Manuscript
progress-done = { unit-words }
progress-done-of = { $done } of { $goal } words
progress-reached = Reached.
progress-pace = { $words ->
    [0] The goal for { $day } is reached.
    [one] { $words } word a day reaches the goal by { $day }.
   *[other] { $words } words a day reach the goal by { $day }.
  }
progress-streak = { $days ->
    [one] { $days } day in a row.
   *[other] { $days } days in a row.
  }
progress-last-days = The last { $days } days
progress-chart = Words on each of the last { $days } days: { $words } in all, most on { $day }: { $most }.
progress-chart-none = Words on each of the last { $days } days: none yet.
progress-day = { $day }: { unit-words }
progress-table = As a table
progress-column-day = Day
progress-column-words = Words
progress-set-goals = Goals…

progress-goals-intro = Only what you write counts: what is imported or restored does not. Leave empty what you do not want to be measured by.
progress-goal-none = none
progress-goal-words = The whole manuscript
progress-goal-words-help = Words in all.
progress-goal-by = By
progress-goal-by-help = With a day, you are told how many words a day it takes.
progress-goal-day = Each day
progress-goal-day-help = Words.
progress-goal-session = Each session
progress-goal-session-help = Words. A session ends when nothing was written for half an hour.
progress-streaks = Count days in a row
progress-streaks-help = In every manuscript. Off unless you want it.
