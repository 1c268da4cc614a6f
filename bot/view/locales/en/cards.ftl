### A proposal's card, its panels, its settled line; also what tasks share with it.

subject = Subject
card-by-hand = ✍️ by hand
card-owner = 👤 { $name }
card-owner-asked = 👤 { $name }? (asked)
card-owner-none = 👤 nobody yet
card-due = 📅 { $day }
card-due-said = 📅 { $day }, “{ $phrase }”
card-due-none = 📅 no date
card-done-when = 🏁 Done when { $text }
card-steps = { $n ->
    [one] ▫️ { $n } step: { $steps }
   *[other] ▫️ { $n } steps: { $steps }
}
card-replaces = 🔄 Replaces “{ $title }”
card-quote = ❝ { $author } { $at }: “{ $text }”
card-why = Why: { $text }
card-similar = { $type ->
    [exact_messages] ≈ { $name } “{ $title }” (same messages)
   *[other] ≈ { $name } “{ $title }” (related)
}
card-duplicate = 🔁 Looks like { $name } ({ $percent } %): “{ $title }”
card-gain = { $name } would gain: { $gain }
card-gain-nothing = { $name } already has all of this.
card-rejected-before = { $n ->
    [one] ↪️ Rejected { $day }; { $n } new message since
   *[other] ↪️ Rejected { $day }; { $n } new messages since
}
card-rejected-before-as = { $n ->
    [one] ↪️ Rejected { $day } as { $reason }; { $n } new message since
   *[other] ↪️ Rejected { $day } as { $reason }; { $n } new messages since
}

gain-messages = { $n ->
    [one] { $n } message
   *[other] { $n } messages
}
gain-priority = priority → { $priority }
gain-tags = { $n ->
    [one] tag { $tags }
   *[other] tags { $tags }
}
gain-text = “{ $text }”

button-approve = ✅ Approve
button-keep = ✅ Keep
button-reject = ✖️ Reject
button-drop = ✖️ Drop
button-edit = ✏️ Edit
button-merge = 🔀 Merge…
button-merge-into = 🔀 Merge into { $name }
button-separate = 🆕 Keep separate
button-later = ⏰ Later
button-more = ⋯
button-back = ◂ Back
button-undo = ↩️ Undo
button-candidate = { $name } · { $percent } % · { $title }
button-confirm-merge = ✅ Merge into { $name }
button-sources = { $n ->
    [0] Sources
   *[other] Sources ({ $n })
}
button-show = Show in chat
button-history = History
button-edit-owner = 👤 Owner
button-edit-due = 📅 Due
button-edit-priority = ❗ Priority
button-edit-category = 🏷 Category

panel-later = ⏰ Show it again…
later-hour = In 1 hour
later-tomorrow = Tomorrow 9:00
later-week = Next week
later-off = ⏰ Bring it back now

panel-merge = 🔀 { $name } { $title }
panel-merge-found = Found for “{ $query }”:
panel-merge-hint = Merge it into which one? Nothing changes before you confirm.
    Not here? Reply to this message with a word from its title.
panel-merge-none = Nothing here comes close.
    Reply to this message with a word from its title to search.
panel-preview = 🔀 Merge { $name } { $title }
panel-preview-into = into <b>{ $name }</b> “{ $title }”, which gains:

panel-more-sure = I am { $word } ({ $percent } %).
panel-more-by-hand = Captured by hand on { $day }.
sure-1 = guessing
sure-2 = not very sure
sure-3 = fairly sure
sure-4 = very sure
panel-sources = { $n ->
    [one] <b>{ $name }</b> rests on { $n } message
   *[other] <b>{ $name }</b> rests on { $n } messages
}
panel-sources-none = No message is kept for it.
quotation = ☝️ { $author } { $at }, for { $name }{ $more ->
    [0] {""}
    [one] . One more message is under Sources.
   *[other] . { $more } more messages are under Sources.
}
quotation-without = ☝️ For { $name }. The message itself I cannot show here.
panel-history = <b>{ $name }</b>: what happened
panel-history-none = Nothing has changed yet.
more-left = and { $n } more

change = { $what ->
    [proposed] { $at } found by { $by }
    [captured] { $at } { $by } captured it
    [approved] { $at } { $by } approved it
    [rejected] { $at } { $by } rejected it
    [merged] { $at } { $by } merged it
    [expired] { $at } let go
    [undone] { $at } { $by } took the decision back
    [restored] { $at } { $by } brought it back
    [withdrawn] { $at } some of its messages are gone
    [unmerged] { $at } { $by } took the merge back
    [replaced] { $at } { $by } put another in its place
    [split-off] { $at } { $by } put it in another's place
    [edited] { $at } { $by } edited it
    [explained] { $at } { $by } gave a reason
    [snoozed] { $at } { $by } put it off
    [woken] { $at } shown again
    [carried] { $at } left for later
    [assigned] { $at } { $by } changed the owner
    [due] { $at } { $by } changed the date
    [moved] { $at } { $by } changed the status
    [joined] { $at } { $by } made it part of another subject
    [archived] { $at } { $by } archived it
    [renamed] { $at } { $by } renamed it
    [commented] { $at } { $by } commented
    [declined] { $at } { $by } will not do it
    [ticked] { $at } { $by } ticked a step
    [step-added] { $at } { $by } added a step
   *[other] { $at } { $by }: { $what }
}
change-field = { $field } { $was } → { $now }
change-field-new = { $field } → { $now }

panel-priority = ❗ How soon?
panel-category = 🏷 What sort of work?
panel-due = 📅 By when?
panel-owner = 👤 Who does it?
due-today = Today
due-tomorrow = Tomorrow
due-friday = Friday
due-week = Next week
due-none = No date
owner-nobody = Nobody yet

settled-as-approved = { $kind ->
    [note] ✅ { $title }{ $arrow } · kept by { $by } { $at }
   *[task] ✅ { $title }{ $arrow } · approved by { $by } { $at }
}
settled-approved-by-itself = { $kind ->
    [note] ✅ { $title }{ $arrow } · kept automatically { $at }
   *[task] ✅ { $title }{ $arrow } · approved automatically { $at }
}
settled-as-rejected = { $kind ->
    [note] ✖️ { $title } · dropped by { $by } { $at }
   *[task] ✖️ { $title } · rejected by { $by } { $at }
}
settled-as-merged = 🔀 { $title }{ $arrow } · merged by { $by } { $at }
settled-as-replaced = 🔄 { $title }{ $arrow } · replaced { $at }
settled-as-expired = 🧹 { $title } · let go { $at }
settled-unknown = { $title } · { $name } is settled
settled-snoozed = ⏰ { $title } · back { $at } · { $name }
settled-result = {" "}→ { $result }
settled-reason = {" "}({ $reason })
settled-note = {" "}(“{ $note }”)
settled-edited = {" "}(edited first)
panel-reason-reply = Reply to this message with the reason in your own words.

reason-not_a_task = Not a task
reason-duplicate = Duplicate
reason-already_done = Already done
reason-not_ours = Not ours
reason-too_vague = Too vague
reason-other = Other…
reason-word-not_a_task = not a task
reason-word-duplicate = duplicate
reason-word-already_done = already done
reason-word-not_ours = not ours
reason-word-too_vague = too vague
reason-word-other = other reason
reason-word-age = waited too long
reason-word-no_evidence_left = its messages are gone
reason-word-closed = its run was closed
