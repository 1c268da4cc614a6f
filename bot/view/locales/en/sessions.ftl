### A review session.

session-at = <b>{ $position }/{ $total } ▸</b>
session-unread = { $n ->
    [one] 📖 { $n } unread message
   *[other] 📖 { $n } unread messages
}
session-done = 🎉 Done: { $n } decided, nothing else waits.
session-nothing = ☕ Nothing waits for a decision.
session-only = 🔎 only { $what }
session-none-fit = { $n ->
    [one] 🔎 Nothing that waits fits; { $n } other does not.
   *[other] 🔎 Nothing that waits fits; { $n } others do not.
}
session-bulk = { $what ->
    [approve] ✅ Approve these { $n } at once?
    [keep] ✅ Keep these { $n } at once?
    [reject] ✖️ Reject these { $n } at once?
    [drop] ✖️ Drop these { $n } at once?
    [merge] 🔀 Merge these { $n } into what they look like?
   *[expire] 🧹 Let these { $n } go?
}
session-bulk-line = { $name } { $title } · { $percent } %
session-bulk-into = { $name } { $title } → { $into }
session-bulk-done = { $what ->
    [approved] ✅ { $n } approved at once.
    [rejected] ✖️ { $n } rejected at once.
    [merged] 🔀 { $n } merged at once.
   *[expired] 🧹 { $n } let go at once.
}
panel-bulk = What becomes of all { $n }? You see the list before anything changes.
panel-sieve = { $n ->
    [one] 🔎 Go through only… ({ $n } now)
   *[other] 🔎 Go through only… ({ $n } now)
}
sieve-choice = { $name } · { $n }
sieve-stage-knowledge = 📚 Notes
sieve-stage-tasks = 📋 Tasks
sieve-subject = one subject
sieve-alike = alike
sieve-band-sure = above 90 %
sieve-band-fair = 75 to 90 %
sieve-band-unsure = below 75 %
sieve-age-day = from today
sieve-age-week = this week
sieve-age-older = older
button-sieve = 🔎
button-sieve-all = All { $n }
button-alike = ≈ { $n } similar here
button-bulk = All…
button-bulk-approve = ✅ Approve { $n }
button-bulk-keep = ✅ Keep { $n }
button-bulk-reject = ✖️ Reject { $n }
button-bulk-drop = ✖️ Drop { $n }
button-bulk-merge = 🔀 Merge { $n }
button-bulk-expire = 🧹 Let { $n } go
order-confident = surest first
order-uncertain = unsure first
order-oldest = oldest first

session-why = Why? Tap it at the very bottom, or just go on.
button-undo-last = ↩️ Undo the rejection
button-previous = ◂
button-next = ▸
button-confident = ✅ Approve the { $n } above 90 %
button-undo-bulk = ↩️ Undo the { $n }
button-read-new = { $n ->
    [one] 📖 { $n } unread message: read and review
   *[other] 📖 { $n } unread messages: read and review
}
button-order = ⇅
