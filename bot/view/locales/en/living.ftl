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
