### Tasks and the digest.

task-merged = { $n ->
    [one] 🔀 { $n } proposal merged in
   *[other] 🔀 { $n } proposals merged in
}
button-task-open = ⏸ Not yet
button-task-reopen = ↩️ Open again
button-task-in_progress = ▶️ Start work
button-task-done = ✅ Done
button-task-dropped = 🗑 Drop the task
button-take = 🙋 Take it

task-list-open = { $n ->
    [one] 📋 <b>{ $n } open task</b> · { $project }
   *[other] 📋 <b>{ $n } open tasks</b> · { $project }
}
task-list-mine = { $n ->
    [one] 📋 <b>{ $n } task of yours</b> · { $project }
   *[other] 📋 <b>{ $n } tasks of yours</b> · { $project }
}
task-list-overdue = { $n ->
    [one] ⏰ <b>{ $n } overdue task</b> · { $project }
   *[other] ⏰ <b>{ $n } overdue tasks</b> · { $project }
}
task-list-unowned = { $n ->
    [one] 🙋 <b>{ $n } task nobody has</b> · { $project }
   *[other] 🙋 <b>{ $n } tasks nobody has</b> · { $project }
}
task-list-none-unowned = ☕ Every open task has somebody · { $project }
task-list-none-open = 📋 No open tasks · { $project }
task-list-none-mine = 📋 Nothing of yours is open · { $project }
task-list-none-overdue = ☕ Nothing is overdue · { $project }
tasks-line = { $sign } { $name } { $title }, { $facts }
nobody-yet = nobody yet
asked = { $name }? (asked)
filter-open = Open
filter-mine = Mine
filter-unowned = Unowned
filter-overdue = Overdue

digest-head = 📬 <b>{ $project } · { $day }</b>
digest-read = { $n ->
    [one] { $n } message
   *[other] { $n } messages
}, { $conversations ->
    [one] { $conversations } conversation
   *[other] { $conversations } conversations
}
digest-sentence = 💬 { $text }
digest-decided = ✅ <b>Decided</b>
digest-tasks = 🆕 <b>Tasks</b>
digest-open = ❓ <b>Open</b>
digest-age = {" "}({ $span })
digest-task = { $name } { $title }, { $facts }{ $arrow }
digest-more = { $n } more
digest-quiet = Nothing was decided, and no new task or question came up.
digest-waiting = { $n ->
    [one] 🕓 <b>Waiting</b> { $n } proposal
   *[other] 🕓 <b>Waiting</b> { $n } proposals
}
digest-waiting-since = { $n ->
    [one] 🕓 <b>Waiting</b> { $n } proposal, for { $span }
   *[other] 🕓 <b>Waiting</b> { $n } proposals, oldest { $span }
}
digest-left-out = 🧹 <b>Left out</b> { $what }
digest-small-talk = { $n } small talk
digest-known = { $n } already known
digest-rejected = { $n } rejected before
digest-unsure = { $n } too unsure to show
button-review-now = ▶️ Review now
button-thumbs-up = 👍
button-thumbs-down = 👎
button-pause-week = 🔕 Pause a week
button-share = 📣 Also in the group
task-said = 💬 { $status ->
    [done] Somebody says it is done.
    [dropped] Somebody says it is not needed any more.
   *[other] Somebody says they are at it.
} Is that so?
button-not-yet = Not yet
