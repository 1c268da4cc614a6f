### What a team adds to a task: steps, comments, a no; reminders, and tasks taken along as a file.

card-steps-ticked = { $n ->
   *[other] ☑ { $done } of { $n } steps done  { $steps }
}
button-steps = ☑ Steps { $done }/{ $n }
button-steps-add = ☑ Steps…
panel-steps = ☑ Steps of { $name } { $title }
panel-steps-add = Reply to this message to add one.
toast-ticked = { $name }: { $done } of { $n } steps done

button-not-me = 🙅 Not me
toast-not-me = { $name } is nobody's again

button-comments = 💬 Comments ({ $n })
panel-comments = { $n ->
    [one] 💬 { $n } comment on <b>{ $name }</b>
   *[other] 💬 { $n } comments on <b>{ $name }</b>
}
panel-comments-hint = Reply to the card to add one.
task-comment = 💬 { $author } { $at }: “{ $text }”
toast-task-changed = { $name } is changed

reminder-head = 🔔 <b>Your tasks</b> · { $day }
reminder-part-late = ⏰ <b>Overdue</b>
reminder-part-today = 📅 <b>Due today</b>
reminder-part-others = ▫️ <b>Also yours</b>
reminder-none = Nothing of it is open any more.
button-remind-on = 🔔 Remind me each morning
button-remind-off = 🔕 No more reminders
toast-reminding = I write you in the morning of workdays on which something of yours is due
toast-not-reminding = No more reminders

export-head = 📦 <b>Tasks of { $project } as a file</b>, those you may read, with links back to the messages.
button-export-tasks = 📄 { $form }
file-title = Tasks of { $project }
file-none = No tasks yet.
