### Sentences: answers to commands, and the few things said unasked.

notice-refused = { $text }
notice-stranger-refused = I work for one team only and keep nothing of what you write.
notice-group-refused = I was not invited here by my owner, so I store nothing and leave.
notice-owner-claimed = 🔑 This bot is yours now. Add it to your team's group: { $link }
notice-owner-claim-taken = This link was used already. The bot belongs to somebody.
notice-welcome-direct = 👋 Here I show you what waits for a decision. /review opens it, /help tells the rest.
notice-welcome-owner = 👋 Add me to your team's group with one tap: { $link }
notice-add-to-group = Add me to a group with one tap: { $link }
notice-lost-payload = I do not know yet what this chat is for. An administrator can choose with /setup.
notice-needs-administrator = I can only hear everything here as an administrator (no rights needed), or with privacy mode off.
notice-anonymous-administrator = You write as the group, so I cannot tell who decides. Tap the buttons instead, or switch “Remain anonymous” off for yourself.
notice-project-created = 🆕 <b>{ $project }</b> is set up.
notice-project-set = This chat now belongs to <b>{ $project }</b>.
notice-reviewers-set = 👥 { $names } decide from now on.
notice-read-here = 👀 I read here from now on.
notice-nothing-pending = ☕ Nothing waits for a decision.
notice-nothing-to-undo = There is nothing of yours to take back. A decision can be undone for a few minutes.
notice-undone = ↩️ Taken back: { $what }
notice-undone-standing = ↩️ Taken back: { $what }. Kept, as later work stands on it: { $standing }
notice-ignored = 🙈 Left out. I will not use that message.
notice-captured = 👀 Noted; it waits for a reviewer.
notice-captured-number = 👀 Noted as { $number }; it waits for a reviewer.
notice-capture-needs-text = Reply /{ $command } to a message, or write what it is about: <code>/{ $command } login fails on iOS</code>
notice-forwarded-kept = { $count ->
    [one] 📥 { $count } forwarded message kept. /extract reads it.
   *[other] 📥 { $count } forwarded messages kept. /extract reads them.
}
notice-cancelled = ⏹ { $name } is cancelled. What was found so far stays.
notice-resumed = 🔄 { $name } goes on where it stopped.
notice-closed = 🏁 { $name } is closed.
notice-schedule-set = { $what ->
    [extract] ⏱ New messages are read: { $rule }. Next { $next }.
    [analyse] ⏱ Tasks are looked for: { $rule }. Next { $next }.
   *[digest] ⏱ Digest: { $rule }. Next { $next }.
}
notice-schedule-off = { $what ->
    [extract] ⏱ New messages are read only by hand now.
    [analyse] ⏱ Tasks are looked for only by hand now.
   *[digest] ⏱ No digest any more.
}
notice-schedule-bad = I cannot read “{ $given }” as a time. Try <code>14:00</code>, <code>off</code>, or a cron line such as <code>0 14 * * mon-fri</code>.
notice-digest-set = 📬 The digest comes at { $at } on workdays, when something happened.
notice-digest-off = 🔕 No digest any more. /digest now shows one at any time.
notice-digest-empty = ☕ Nothing happened that is worth a digest.
notice-digest-paused = 🔕 No digest until { $until }.
notice-digest-shared = 📣 The digest now also comes to the group.
notice-runs-paused = { $pending ->
    [one] ⏸ { $project }: nobody decided anything for days, so I stopped reading by myself. { $pending } proposal waits; your next decision starts me again.
   *[other] ⏸ { $project }: nobody decided anything for days, so I stopped reading by myself. { $pending } proposals wait; your next decision starts me again.
}
notice-run-held-back = ✋ { $pending } proposals wait and { $limit } is the limit, so nothing new was started. Decide some first.
notice-closed-by-itself = { $carried ->
    [0] 🏁 { $project }: { $run } was closed to start the next one.
   *[other] 🏁 { $project }: { $run } was closed to start the next one; { $carried } left for later in /pending.
}
notice-nothing-new = ☕ Nothing new to read.
notice-migrated = This group is now a supergroup. I kept everything; older ↗ links may no longer lead anywhere.
notice-welcome-back = 👋 I was here before. An administrator can tap Start reading in /setup to go on with what I knew.
notice-away = { $days ->
    [one] 💤 I was away for a day. Telegram keeps messages for me for 24 hours; what was written before may be missing: reply /add to what matters.
   *[other] 💤 I was away for { $days } days. Telegram keeps messages for me for 24 hours; what was written before may be missing: reply /add to what matters.
}
notice-task-not-found = I know no task { $name }. /tasks lists them.
notice-task-updated = 📋 { $name }: { $what }
notice-which-project = Several projects have that. Which one? { $names }
notice-no-project = This chat belongs to no project yet. An administrator sets it up with /setup.
notice-unknown-command = I do not know that command. /help lists those I do.
notice-broke = 💥 Something broke on my side; nothing of yours is lost. Please tell my owner: ref { $ref }
notice-import-started = 📥 Reading the export…
notice-import-done = { $messages ->
    [one] 📥 { $messages } new message for { $project }. /extract reads it.
   *[other] 📥 { $messages } new messages for { $project }. /extract reads them.
}
notice-import-too-large = Files over { $limit } MB cannot be sent to bots. Use <code>triagram import</code> where I run.
notice-start-direct = 🕓 Something waits for a decision. Whoever decides, open a direct chat with me once: { $link }
notice-direct-review = Decisions are made in direct chat: { $link }
notice-settled-by-other = { $number } is settled already: { $status } by { $by } at { $at }.
notice-reason-by-reply = Noted: “{ $reason }”
notice-title-changed = ✏️ The title is now “{ $title }”
notice-left-out = 🙈 { $name } is left out from now on. What was kept of earlier words goes with /ignore on the message.
notice-back-in = 👀 { $name } is read again from now on.
notice-reviewers-none = Nobody is named yet: administrators of the chat decide.
notice-expired = { $count ->
    [one] 🧹 { $count } proposal waited too long and was let go. /pending expired brings it back.
   *[other] 🧹 { $count } proposals waited too long and were let go. /pending expired brings them back.
}
notice-brought-back = ↩️ { $number } waits for a decision again.

link-add = ➕ Add to a group
link-open = Open direct chat
way-review = ▶️ Review
way-read_new = 📖 Read new messages
way-find_tasks = 🔎 Find tasks
way-start = ▶️ Start
way-resume = 🔄 Resume
way-undo = ↩️ Undo
way-show = Show
way-close = 🏁 Close…

help-head = 👋 I read along, keep what the team decides, and propose tasks.
help-no-project = First: add me to a group; an administrator taps Start reading there.
help-capture = ➕ <b>Capture</b> /add /bug /idea /decision: reply to a message, or <code>/bug login fails on iOS</code>
help-leave-out = 🙈 <b>Leave out</b> reply /ignore to a message
help-tasks = 📋 <b>Tasks</b> /tasks · /task T-42
help-review = ✅ <b>Review</b> /review · /pending · /undo
help-runs = 📖 <b>Read</b> /extract 24h, then find tasks with /run · /status /runs /cancel /resume /close
help-rhythm = 📬 <b>Rhythm</b> /digest · /digest 09:00 · /schedule
help-setup = ⚙️ <b>Set up</b> /setup /project /reviewers /read
help-law = Nothing becomes a note or a task without a person's tap.

command-add = Put a message before the reviewers
command-bug = Report a bug, as a reply or with text
command-idea = Put down an idea, as a reply or with text
command-ask = Ask what the team decided
command-tasks = Open tasks
command-help = What I can do
command-review = Decide on what I found
command-digest = The day in one message
