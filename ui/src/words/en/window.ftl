# The window around the page: bar, status line, dialogs.

window-manuscripts = Manuscripts
window-rename = Rename
window-title-field = Title of the manuscript
window-commands = Commands
window-panel = Suggestions
window-close = Close
window-to-page = To the page
window-dismiss = Dismiss
window-nothing-found = Nothing is called that.
window-open = Open a manuscript
window-sample = Begin with a sample
window-elsewhere = This page belongs in Foolscap's window; open the app instead.

window-saved = Saved
window-saving = Saving…
window-save-failed = Not saved: trying again
window-save-conflict = Not saved: changed elsewhere

# What the machine is doing, in the status line and the panel.
window-doing-waiting = waiting for the model…
window-doing-reading = reading…
window-doing-reading-part = reading { unit-percent }…
window-doing-writing = writing…
window-doing-loading = loading…
window-doing-loading-part = loading { unit-percent }…
window-doing-resting = resting: wakes when asked
window-doing-failed = cannot be used
window-doing-ready = ready
window-first-word = first word { NUMBER($seconds, minimumFractionDigits: 2, maximumFractionDigits: 2) } s
window-speed = { NUMBER($tokens, maximumFractionDigits: 0) } tokens/s
window-back = Back to the page
window-read-only = Read only
