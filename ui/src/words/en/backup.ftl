# Backups of the whole library.

backup = Backups
backup-help = A backup is a copy of the whole library: every manuscript, with its history. They are made by themselves and lie on this machine; copy their folder to another disk now and then.
backup-failed = The last backup that was due could not be made.
backup-now = Back up now
backup-making = Backing up…
backup-made = just made
backup-show = Show their folder
backup-hours = Hours of use between two
backup-hours-help = { 0 }: none are made by themselves.
backup-keep = How many are kept
backup-list = Backups there are
backup-none = There is none yet. The first is made by itself a little after something was written.
backup-restore = Go back to it
backup-restore-of = Go back to the backup of { $when }
backup-restore-help = Going back puts the whole library as it was then. What is there now is kept in a file beside it, and going back can be undone.
backup-aside = Put aside
backup-aside-help = What was there when a backup came back. Going back to it undoes that.
backup-aside-damaged = It could not be read whole and was left as it is:
backup-aside-back-of = Go back to what was put aside on { $when }
backup-restored = The library is as it was on { $when }. What was there before is kept in { $file }.
backup-undone = The library is as it was before that backup came back.
