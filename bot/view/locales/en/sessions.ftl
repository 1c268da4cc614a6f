### A review session.

session-at = <b>{ $position }/{ $total } ▸</b>
session-unread = { $n ->
    [one] 📖 { $n } unread message
   *[other] 📖 { $n } unread messages
}
session-done = 🎉 Done: { $n } decided, nothing else waits.
session-nothing = ☕ Nothing waits for a decision.
session-skipped = { $n ->
    [one] { $n } skipped; it stays in /pending.
   *[other] { $n } skipped; they stay in /pending.
}
session-bulk = { $n ->
    [one] ✅ Approve this one at once?
   *[other] ✅ Approve these { $n } at once?
}
session-bulk-line = { $name } { $title } · { $percent } %
session-bulk-done = ✅ { $n } approved at once.
order-confident = surest first
order-uncertain = unsure first
order-oldest = oldest first

session-why = Why? Tap it at the very bottom, or just go on.
button-undo-last = ↩️ Undo the rejection
button-previous = ◂
button-next = ▸
button-skip = Skip
button-confident = ✅ Approve the { $n } above 90 %
button-confirm-bulk = ✅ Approve { $n }
button-undo-bulk = ↩️ Undo the { $n }
button-read-new = { $n ->
    [one] 📖 { $n } unread message: read and review
   *[other] 📖 { $n } unread messages: read and review
}
button-order = ⇅
