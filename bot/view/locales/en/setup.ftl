### Joining a group.

setup-project = 👋 <b>{ $title }</b>: which project is this chat part of?
button-new-project = 🆕 New project
button-join-project = Part of { $project }
button-room-project = Review room for { $project }

setup-hello = 👋 <b>May I read along in { $title }?</b>
setup-what = 👀 <b>What:</b> what is written here from now on, to find decisions, questions and tasks. Nothing becomes a note or a task without a person's tap.
setup-where-here = 🏠 <b>Where:</b> the text stays on the server I run on; it is read built-in (no AI).
setup-where-model = ☁️ <b>Where:</b> the text is kept on the server I run on and read by { $model }.
setup-long = { $n ->
    [0] 🗓 <b>How long:</b> until you remove me.
    [one] 🗓 <b>How long:</b> { $n } day; after that only the quotes that notes and tasks rest on.
   *[other] 🗓 <b>How long:</b> { $n } days; after that only the quotes that notes and tasks rest on.
}
setup-stop = ✋ <b>Stop:</b> reply /ignore to leave a message out, tap 🙈 to leave yourself out, or remove me.
setup-deleted = 🗑 Telegram does not tell bots about deleted messages: reply /ignore before you delete, or they stay until their time is over.
setup-waits = <b>Nothing is stored until an administrator taps Start reading.</b>
setup-return = 👋 <b>I was here before.</b> What was said in { $title } is kept until { $day }. Shall I continue with it, or start clean?
setup-return-waits = <b>Nothing new is stored until an administrator taps Continue or starts clean.</b>
button-continue = ▶️ Continue
button-start-clean = 🧹 Start clean
button-start-reading = ▶️ Start reading
button-leave-me-out = 🙈 Leave me out

setup-language = 🌐 <b>1 of 3</b> Which language do I speak here?
setup-timezone = 🕐 <b>1 of 3</b> What time is it where the team is?
setup-reviewers = 👥 <b>2 of 3</b> Who decides on what I find? Administrators are ticked.
button-done = Done ▸
setup-place = 📍 <b>3 of 3</b> Where do they decide?
setup-place-hint = In direct chat keeps this group quiet.
setup-threads = 🧵 Which forum topics do I read?
threads-all = All forum topics
threads-said = Only where someone says /read here
threads-rest = All but this one

setup-done = ✅ <b>I am reading for { $project }.</b>
check-reads = ✅ I can read everything written here.
check-reads-not = ⚠️ I only see commands and replies to me. Make me an administrator (no rights needed), or switch my privacy mode off.
check-reads-unknown = ❔ I could not check yet whether I can read everything.
check-reacts = ✅ I see reactions.
check-reacts-not = ⚠️ I do not see reactions. Make me an administrator (no rights needed).
setup-done-reviewers = 👥 { $names } will decide.
setup-earlier = 🕰 I can't see earlier messages. Reply /add to one that matters, forward me up to 100 in direct chat, or send <code>result.json</code> of a Telegram export there.
setup-next = I keep quiet; /status tells how far I am, /help what I can do.
