### Changing a card: by a reply in plain words, by buttons, and what History tells of it.

panel-edit = ✏️ What should change? Tap it, or say it in a reply: “high, due Friday, give it to Olya”.
panel-title = ✏️ Reply to this message with the new title.
panel-change = ✏️ Change { $name } { $title }?
panel-change-none = It says that already.
panel-change-unclear = I did not understand: “{ $text }”
button-apply-approve = ✅ Apply & approve
button-apply-keep = ✅ Apply & keep
button-apply = Apply
button-cancel-change = Cancel
button-edit-title = 🔤 Title

field-title = title
field-text = text
field-type = type
field-category = category
field-priority = priority
field-owner = owner
field-date = due
field-tags = tags

### Reshaping what is proposed.

card-joined = { $n ->
    [one] ➕ { $n } more merged into it
   *[other] ➕ { $n } more merged into it
}
panel-split = ✂️ Split { $name } { $title }? Those unticked stay together.
split-line = { $tick } { $number }. { $title }
panel-project = 📁 Which project is it for?
panel-project-none = 📁 You decide in no other project.
panel-merged = 🔀 Merged into <b>{ $name }</b>. What you take out waits for a decision again.
merged-line = • { $name } { $title }
button-shape-split = ✂️ Split…
button-shape-combine = ➕ Combine…
button-promote = 📋 Make it a task
button-split = ✂️ Split into { $n }
button-edit-project = 📁 Project
button-merged = 🔀 Merged into it ({ $n })
button-unmerge = ↩️ Take out { $name }
