### Що команда додає до задачі: кроки, коментарі, відмова; нагадування і задачі файлом.

card-steps-ticked = { $n ->
   *[other] ☑ Зроблено кроків: { $done } з { $n }  { $steps }
}
button-steps = ☑ Кроки { $done }/{ $n }
button-steps-add = ☑ Кроки…
panel-steps = ☑ Кроки { $name } { $title }
panel-steps-add = Дайте відповідь на це повідомлення, щоб додати крок.
toast-ticked = { $name }: зроблено кроків { $done } з { $n }

button-not-me = 🙅 Не я
toast-not-me = { $name } знову ні за ким

button-comments = 💬 Коментарі ({ $n })
panel-comments = { $n ->
    [one] 💬 { $n } коментар до <b>{ $name }</b>
    [few] 💬 { $n } коментарі до <b>{ $name }</b>
   *[other] 💬 { $n } коментарів до <b>{ $name }</b>
}
panel-comments-hint = Дайте відповідь на картку, щоб додати свій.
task-comment = 💬 { $author } { $at }: «{ $text }»
toast-task-changed = { $name }: змінено

reminder-head = 🔔 <b>Ваші задачі</b> · { $day }
reminder-part-late = ⏰ <b>Прострочено</b>
reminder-part-today = 📅 <b>Термін сьогодні</b>
reminder-part-others = ▫️ <b>І ще ваше</b>
reminder-none = Нічого з цього вже не відкрито.
button-remind-on = 🔔 Нагадувати вранці
button-remind-off = 🔕 Більше не нагадувати
toast-reminding = Писатиму вранці робочих днів, коли в чогось вашого термін
toast-not-reminding = Більше не нагадую

export-head = 📦 <b>Задачі { $project } файлом</b>: ті, що вам можна читати, з посиланнями на повідомлення.
button-export-tasks = 📄 { $form }
file-title = Задачі { $project }
file-none = Задач поки немає.
