# Wie viel geschrieben wurde, und was sich der Autor vorgenommen hat.

progress = Fortschritt
progress-today = { $words ->
    [one] heute { $words } Wort
   *[other] heute { $words }
  }
progress-short-today = heute { $done } von { $goal }
progress-short-session = diese Sitzung { $done } von { $goal }
progress-short-project = { $done } von { $goal }
progress-row-scene = Diese Szene
progress-row-selection = Ausgewählt
progress-selected-of = { $selected } von { unit-words }
progress-characters = { $all } Zeichen, { $solid } ohne Leerzeichen
progress-row-today = Heute
progress-row-session = Diese Sitzung
progress-row-project = Manuskript
progress-done = { unit-words }
progress-done-of = { $done } von { $goal } Wörtern
progress-reached = Erreicht.
progress-pace = { $words ->
    [0] Das Ziel für den { $day } ist erreicht.
    [one] Mit { $words } Wort am Tag ist das Ziel am { $day } erreicht.
   *[other] Mit { $words } Wörtern am Tag ist das Ziel am { $day } erreicht.
  }
progress-streak = { $days ->
    [one] { $days } Tag in Folge.
   *[other] { $days } Tage in Folge.
  }
progress-last-days = Die letzten { $days } Tage
progress-chart = Wörter an jedem der letzten { $days } Tage: { $words } insgesamt, die meisten am { $day }: { $most }.
progress-chart-none = Wörter an jedem der letzten { $days } Tage: noch keine.
progress-day = { $day }: { unit-words }
progress-table = Als Tabelle
progress-column-day = Tag
progress-column-words = Wörter
progress-set-goals = Ziele …

progress-goals-intro = Nur was Sie schreiben, zählt: Importiertes und Wiederhergestelltes zählt nicht. Lassen Sie leer, woran Sie nicht gemessen werden wollen.
progress-goal-none = keines
progress-goal-words = Das ganze Manuskript
progress-goal-words-help = Wörter insgesamt.
progress-goal-by = Bis zum
progress-goal-by-help = Mit einem Tag erfahren Sie, wie viele Wörter am Tag es braucht.
progress-goal-day = Jeden Tag
progress-goal-day-help = Wörter.
progress-goal-session = Jede Sitzung
progress-goal-session-help = Wörter. Eine Sitzung endet, wenn eine halbe Stunde nichts geschrieben wurde.
progress-streaks = Tage in Folge zählen
progress-streaks-help = In allen Manuskripten. Aus, solange Sie es nicht wollen.
