### The list of notes, and what one Keep made of it.


notes-head = { $n ->
    [one] 📚 <b>{ $n } note worth keeping</b> · { $project } · run of { $at }
   *[other] 📚 <b>{ $n } notes worth keeping</b> · { $project } · run of { $at }
}
notes-none = 📚 Every note of this run is settled · { $project }
notes-no-subject = Other
notes-line = { $tick } { $number }. <i>{ $type }</i> { $title }
notes-replaces = {" "}(replaces “{ $title }”)
notes-legend = ⚠ not ticked by itself: I am unsure, or it touches something known.
notes-more = Tap a number to open that note.
notes-settled = 📚 { $counts } · { $project }
notes-kept = Kept { $n }
notes-dropped = dropped { $n }
notes-left = { $n } left

button-keep-and-find = ✅ Keep { $n } and find tasks
button-keep-n = Keep { $n }
button-drop-unticked = ✖️ Drop { $n }
button-one-by-one = One by one ▸
button-find-tasks = 🔎 Find tasks
button-see-left = See the { $n } left ▸

changed-head = 🔄 <b>Decision changed?</b>{ $topic ->
    [none] {""}
   *[other] {" "}· { $topic }
}
changed-was = Was: { $title } · in force since { $since }
changed-now = Now: { $title }
button-supersede = 🔁 Supersede
button-both = ➕ Both true
button-ignore = ✖️ Ignore
toast-both-kept = Kept; the earlier one stays in force too
