# Sicherungen der ganzen Bibliothek.

backup = Sicherungen
backup-help = Eine Sicherung ist eine Kopie der ganzen Bibliothek: jedes Manuskript mit seinem Verlauf. Sie entstehen von selbst und liegen auf diesem Rechner; kopieren Sie ihren Ordner ab und zu auf einen anderen Datenträger.
backup-failed = Die letzte fällige Sicherung kam nicht zustande.
backup-now = Jetzt sichern
backup-making = Wird gesichert …
backup-made = eben entstanden
backup-show = Ordner zeigen
backup-hours = Stunden der Benutzung zwischen zweien
backup-hours-help = { 0 }: es entstehen keine von selbst.
backup-keep = So viele werden behalten
backup-list = Vorhandene Sicherungen
backup-none = Es gibt noch keine. Die erste entsteht von selbst, bald nachdem etwas geschrieben wurde.
backup-restore = Zurückkehren
backup-restore-of = Zur Sicherung vom { $when } zurückkehren
backup-restore-help = Danach ist die ganze Bibliothek, wie sie damals war. Was jetzt da ist, bleibt in einer Datei daneben, und die Rückkehr lässt sich rückgängig machen.
backup-aside = Beiseitegelegt
backup-aside-help = Was da war, als eine Sicherung zurückkam. Dorthin zurückzukehren macht das rückgängig.
backup-aside-damaged = Sie ließ sich nicht ganz lesen und blieb, wie sie ist:
backup-aside-back-of = Zu dem zurückkehren, was am { $when } beiseitegelegt wurde
backup-restored = Die Bibliothek ist, wie sie am { $when } war. Was vorher da war, liegt in { $file }.
backup-undone = Die Bibliothek ist wieder, wie sie vor der Rückkehr war.
