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
notice-project-created = 🆕 <b>{ $project }</b> is set up.
notice-read-here = 👀 I read here from now on.
notice-see-above = ☝️ This came twice. See above.
notice-see-below = 👇 This came twice. See below.
notice-undone = ↩️ Taken back: { $what }
notice-undone-standing = ↩️ Taken back: { $what }. Kept, as later work stands on it: { $standing }
notice-ignored = 🙈 Left out. I will not use that message.
notice-capture-needs-text = Reply /{ $command } to a message, or write what it is about: <code>/{ $command } login fails on iOS</code>
notice-forwarded-kept = 📥 { $count ->
    [0] Nothing new
    [one] { $count } message
   *[other] { $count } messages
} kept for <b>{ $project }</b>{ $count ->
    [0] .
   *[other] ; its reviewers can read what I make of it.
}{ $known ->
    [0] {""}
   *[other] {" "}{ $known } I had already.
}{ $left ->
    [0] {""}
   *[other] {" "}{ $left } left out: of bots, or of people I do not read.
}{ $over ->
    [0] {""}
   *[other] {" "}✋ I take { $limit } at a time, so { $over } more were not kept: forward them in two minutes, or send me <code>result.json</code>.
}
notice-forwarded-no-project = You have no project yet, so I kept nothing. Write in the group I read, then forward again.
notice-forwarded-which = Which project is this for: { $names }? Choose with <code>/project</code> and its name, then forward again; I kept nothing yet.
notice-unseen = 🤷 The message you marked with ✍ in { $chat } was written before I read there. Reply /add to it: then I get to see it.
notice-cancelled = ⏹ { $name } is cancelled. What was found so far stays.
notice-resumed = 🔄 { $name } goes on where it stopped.
notice-digest-set = 📬 The digest comes at { $at } on workdays, when something happened.
notice-digest-off = 🔕 No digest any more. /digest now shows one at any time.
notice-runs-paused = { $pending ->
    [one] ⏸ { $project }: nobody decided anything for days, so I stopped reading by myself. { $pending } proposal waits; your next decision starts me again.
   *[other] ⏸ { $project }: nobody decided anything for days, so I stopped reading by myself. { $pending } proposals wait; your next decision starts me again.
}
notice-closed-by-itself = { $carried ->
    [0] 🏁 { $project }: { $run } was closed to start the next one.
   *[other] 🏁 { $project }: { $run } was closed to start the next one; { $carried } left for later in /pending.
}
notice-budget-spent = 💶 { $project }: { $percent } % of this month's budget is spent (${ $spent } of ${ $limit }).
notice-budget-holds-back = ⏸ { $project }: the next run would pass this month's budget (${ $spent } of ${ $limit } spent), so I no longer read by myself until the month is over. /extract and /run still start what fits.
notice-away = { $days ->
    [one] 💤 I was away for a day. Telegram keeps messages for me for 24 hours; what was written before may be missing: reply /add to what matters.
   *[other] 💤 I was away for { $days } days. Telegram keeps messages for me for 24 hours; what was written before may be missing: reply /add to what matters.
}
notice-group-left = 🚪 I was removed from “{ $chat }”. What I have of it stays { $days ->
    [one] for a day
   *[other] for { $days } days
}; added again by then, I go on where I stopped.
notice-cannot-write = { $kind ->
    [full] 🛟 The disk I write to is full, so I rest. Nothing is lost: make room where I run (<code>triagram doctor</code> shows it), and I go on by myself.
   *[other] 🛟 I cannot write to my database ({ $kind }), so I rest. Nothing is lost: <code>triagram doctor</code> says what is wrong, and then I go on by myself.
}
notice-start-direct = 🕓 Something waits for a decision. Whoever decides, open a direct chat with me once: { $link }
notice-unknown-command = I do not know that command. /help lists those I do.
notice-broke = 💥 Something broke on my side; nothing of yours is lost. Please tell my owner: ref { $ref }
notice-import-reviewers-only = Only reviewers can bring in a whole chat. Ask one of them, or forward me up to 100 messages that matter.
notice-import-not-an-export = “{ $file }” is no export of a chat. In Telegram Desktop open the chat, ⋮ → Export chat history → Format: Machine-readable JSON, and send me its <code>result.json</code>.
notice-import-too-large = Files over { $limit } MB cannot be sent to bots. Where I run: <code>triagram import { $file } --project "{ $project }"</code>
notice-direct-review = Decisions are made in direct chat: { $link }

link-add = ➕ Add to a group
link-open = Open direct chat
way-review = ▶️ Review
way-read_new = 📖 Read new messages
way-read_them = 📖 Read them now
way-find_tasks = 🔎 Find tasks
way-start = ▶️ Start
way-resume = 🔄 Resume
way-undo = ↩️ Undo
way-show = Show
way-budget = 💶 Budget
way-close = 🏁 Close…

help-head = 👋 I read along, keep what the team decides, and propose tasks.
help-no-project = First: add me to a group; an administrator taps Start reading there.
help-capture = ➕ <b>Capture</b> /add /bug /idea /decision: reply to a message, or <code>/bug login fails on iOS</code>
help-leave-out = 🙈 <b>Leave out</b> reply /ignore to a message
help-tasks = 📋 <b>Tasks</b> /tasks · /task T-42
help-review = ✅ <b>Review</b> /review · /pending · /undo
help-runs = 📖 <b>Read</b> /extract 24h, then find tasks with /run · /status /runs /cancel /resume /close
help-rhythm = 📬 <b>Rhythm</b> /digest · /digest 09:00 · /schedule · /stats
help-setup = ⚙️ <b>Set up</b> /setup /project /reviewers /read /agents /budget
help-law = Nothing becomes a note or a task without a person's tap.

command-agents = Who judges, and how well
command-budget = What a month may cost, and did
command-add = Put a message before the reviewers
command-bug = Report a bug, as a reply or with text
command-idea = Put down an idea, as a reply or with text
command-ask = Ask what the team decided
command-tasks = Open tasks
command-help = What I can do
command-review = Decide on what I found
command-digest = The day in one message
