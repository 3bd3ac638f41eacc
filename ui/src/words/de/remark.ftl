# Anmerkungen zur Szene: was eine Kritik oder eine Prüfung sagt, Stelle für Stelle.

remark = Randnotizen
remark-help = Pfeiltasten gehen durch die Notizen, Eingabe führt zur Stelle, Entf legt weg, I sagt, dass ein Widerspruch so gemeint ist, Esc schließt.
remark-close = Schließen
remark-stop = Anhalten
remark-again = Noch einmal fragen
remark-none = Zu dieser Szene gibt es noch keine Notizen. Eine Kritik sagt, was trägt und was nicht; eine Prüfung hält die Szene gegen Hintergrund und frühere Szenen.
remark-nothing = Es wurde nichts gefunden.
remark-quote = „{ $quote }“
remark-source = { $title }: „{ $quote }“
remark-reason = So gemeint: { $reason }
remark-gone = Diese Worte stehen nicht mehr im Text.
remark-discarded = { $notes ->
    [one] { $notes } Notiz wurde verworfen: Was sie anführt, steht nicht da, wo es stehen müsste.
   *[other] { $notes } Notizen wurden verworfen: Was sie anführen, steht nicht da, wo es stehen müsste.
}
remark-cut = Der Text ist länger, als das Modell sieht: { unit-tokens } am Anfang wurden nicht gelesen. Wähle einen Teil aus, damit er gelesen wird.

remark-group-contradicts = Widerspricht dem Bekannten
remark-group-note = Kritik
remark-group-new = Neu: Nichts Bekanntes spricht davon
remark-group-supported = Durch Bekanntes gestützt
remark-group-intended = Widerspricht und ist so gemeint

remark-concern-strength = Trägt.
remark-concern-clarity = Klarheit.
remark-concern-pace = Tempo.
remark-concern-repetition = Wiederholung.
remark-concern-voice = Stimme.
remark-concern-logic = Logik.
remark-concern-telling = Behauptet, nicht gezeigt.
remark-concern-cliche = Abgegriffen.

remark-go = Zur Stelle
remark-dismiss = Weglegen
remark-dismissed = Die Notiz ist weggelegt.
remark-intend = So gemeint …
remark-unintend = Nicht so gemeint
remark-why = Warum ist es so gemeint?
remark-why-example = Sie belügt ihn, und er kommt später dahinter.
remark-why-keep = Grund behalten
remark-intended-kept = Behalten: Es ist so gemeint, auch in späteren Prüfungen.
remark-not-intended = Es gilt wieder als Widerspruch.

remark-unable = { $model } führt Texte nur fort und folgt keinen Anweisungen; eine Szene beurteilen kann es nicht.
remark-unable-here = Diese Modelle hier können es:
remark-unable-offers = Diese sind zu haben und passen auf dieses Gerät:
remark-unable-use = Verwenden
remark-unable-models = Modelle …

remark-elsewhere = Notizen zu „{ $scene }“ sind da.

# Wird vom Bildschirmleser gesagt.
remark-said-reading = Die Szene wird gelesen …
remark-said-done = { $notes ->
    [one] { $notes } Notiz. Pfeiltasten gehen hindurch, { key-enter } führt zur Stelle.
   *[other] { $notes } Notizen. Pfeiltasten gehen hindurch, { key-enter } führt zur Stelle.
}
remark-said-stopped = Angehalten. Die Notizen von vorher sind noch da.
remark-back = Zurückgenommen.
