### What people follow: /watch, news, the week.

watch-head = 👁 <b>What you follow</b> · { $project }
watch-hint = <i>News comes here in one message, at a good moment.</i>
watch-hint-group = <i>Tap for yourself: news comes to your direct chat in one message, at a good moment.</i>
watch-what-runs = Runs
watch-what-proposals = Proposals
watch-what-tasks = Tasks
watch-what-digest = Digest
watch-what-weekly = Week
news-head = 👁 <b>News</b> · { $project }
news-run = { $ended ->
    [completed] 🏁 { $name } is through
    [failed] ⚠️ { $name } failed
    [cancelled] ⏹ { $name } was cancelled
   *[closed] 🏁 { $name } is closed
}
news-proposals = 🗳 Proposals: { $what }
news-as-captured = { $n } captured
news-as-approved = { $n } approved
news-as-merged = { $n } merged
news-as-rejected = { $n } rejected
news-as-expired = { $n } let go
news-task = 📌 <b>{ $name }</b> { $title } · { $status }, { $facts }
week-head = 🗓 <b>{ $project } · week of { $day }</b>
week-standing = 📌 <b>Tasks</b> { $what }
week-done = { $n } done
week-open = { $n } open
week-overdue = { $n } overdue
toast-watched = You follow it: news comes to your direct chat
toast-unwatched = You no longer follow it
