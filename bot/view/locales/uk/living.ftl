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
