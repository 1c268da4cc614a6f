### Lists, status, settings.

list-of-pending = { $n ->
    [0] ☕ Nothing waits for a decision · { $project }
    [one] 🕓 <b>{ $n } waits for a decision</b> · { $project }
   *[other] 🕓 <b>{ $n } wait for a decision</b> · { $project }
}
list-of-expired = { $n ->
    [0] 🧹 Nothing was let go · { $project }
   *[other] 🧹 <b>{ $n } let go</b> · { $project }
}
list-expired-hint = Tap a number to bring it back.
list-proposal = { $sign } <b>{ $name }</b> { $title } · { $age }
button-list-expired = 🧹 Let go
button-list-pending = 🕓 Waiting
withheld = { $n ->
    [one] { $n } item from another chat is not shown here.
   *[other] { $n } items from other chats are not shown here.
}
withheld-open = { $n ->
    [one] A review room shows it once an administrator of that chat says so: /settings there.
   *[other] A review room shows them once an administrator of their chat says so: /settings there.
}
withheld-join = { $n ->
    [one] Only who is in that chat sees it.
   *[other] Only who is in those chats sees them.
}
list-runs = 🗂 <b>Runs</b> · { $project }
list-runs-none = 🗂 No runs yet · { $project }. /extract reads new messages.
list-run = { $status ->
    [pending] ⏳
    [running] ▶️
    [completed] 🕓
    [reviewed] ✅
    [failed] ⚠️
    [cancelled] ⏹
   *[closed] 🏁
} <b>{ $name }</b> { $stage ->
    [tasks] Find tasks
   *[knowledge] Read new messages
} { $at } · { $counts }
list-run-nothing = nothing found
list-topics = 📁 <b>Subjects</b> · { $project }
list-topics-none = 📁 No subjects yet · { $project }. They come with the first notes you keep.
list-topic = { $n ->
    [one] { $icon } { $name } · { $n } note
   *[other] { $icon } { $name } · { $n } notes
}

bundle-head = { $n ->
   *[other] 🗞 { $n } things since I last wrote
}
bundle-more = { $n ->
    [one] and { $n } more in /pending
   *[other] and { $n } more in /pending
}

status-head = 📊 <b>{ $project }</b>
status-idle = 💤 No run is open.
status-run = { $status ->
    [pending] ⏳
    [running] ▶️
    [completed] 🕓
   *[reviewed] ✅
} <b>{ $name }</b> { $stage ->
    [tasks] Find tasks
   *[knowledge] Read new messages
}
status-notes = { $n ->
    [one] { $n } note
   *[other] { $n } notes
}
status-proposals = { $n ->
    [one] { $n } task
   *[other] { $n } tasks
}
status-waiting = 🕓 Waiting for a decision: { $what }
status-no-waiting = ☕ Nothing waits for a decision.
status-unread = { $n ->
    [0] 📖 Everything is read.
    [one] 📖 { $n } unread message
   *[other] 📖 { $n } unread messages
}
status-unstudied = { $n ->
    [one] 📚 { $n } new note not yet searched for tasks
   *[other] 📚 { $n } new notes not yet searched for tasks
}
status-tasks = { $n ->
    [0] 📋 No open tasks
    [one] 📋 { $n } open task
   *[other] 📋 { $n } open tasks
}
status-next = { $job ->
    [extract] ⏱ Next: new messages are read { $at }
    [analyse] ⏱ Next: tasks are looked for { $at }
   *[digest] ⏱ Next: digest { $at }
}
button-read = 📖 Read new messages

project-head = ⚙️ <b>{ $project }</b> · settings { $version }
project-time = 🕐 Time zone { $timezone }
project-reviewers = 👥 Reviewers: { $names }. Change: /reviewers
project-no-reviewers = 👥 Chat administrators decide. Change: /reviewers
project-keywords = 🔑 Keywords: { $words }
project-chat = { $use ->
    [both] 💬 { $title } (read, and reviewed there)
    [review] 💬 { $title } (review room)
   *[source] 💬 { $title } (read)
}
project-place = Reviewers decide:
place-direct = In direct chat
place-room = In a review room
place-here = Here

button-open-chat = 🔓 Let “{ $room }” read this chat
button-close-chat = 🔒 “{ $room }” shall not read this chat
opening-may = 🔓 <b>May “{ $room }” read what is said in { $chat }?</b>
    That is where reviewers decide. Until an administrator of { $chat } says yes, what I find here is not shown there.
opening-is = 🔓 “{ $room }” may read what is said in { $chat }.

reviewers-head = 👥 <b>Who decides</b> · { $project }
reviewers-hint = Tap a name, or write /reviewers @{"\u2060"}name. Only they can approve, reject and merge.

schedule-head = ⏱ <b>By itself</b> · { $project } · { $timezone }
schedule-job = { $job ->
    [extract] 📖 Read new messages: { $rule }, next { $at }
    [analyse] 🔎 Find tasks: { $rule }, next { $at }
   *[digest] 📬 Digest: { $rule }, next { $at }
}
rule-workdays = { $at } on workdays
rule-daily = { $at } every day
schedule-off = { $job ->
    [extract] 📖 Read new messages: only by hand
    [analyse] 🔎 Find tasks: only by hand
   *[digest] 📬 Digest: off
}
schedule-paused = ⏸ Paused: nobody decided anything for days. It goes on with your next decision.
schedule-hint = Change: <code>/schedule extract 14:00</code>, <code>/schedule tasks off</code>, <code>/digest 09:00</code>
