### Что команда добавляет к задаче: шаги, комментарии, отказ; напоминания и задачи файлом.

card-steps-ticked = { $n ->
   *[other] ☑ Сделано шагов: { $done } из { $n }  { $steps }
}
button-steps = ☑ Шаги { $done }/{ $n }
button-steps-add = ☑ Шаги…
panel-steps = ☑ Шаги { $name } { $title }
panel-steps-add = Ответьте на это сообщение, чтобы добавить шаг.
toast-ticked = { $name }: сделано шагов { $done } из { $n }

button-not-me = 🙅 Не я
toast-not-me = { $name } снова ни за кем

button-comments = 💬 Комментарии ({ $n })
panel-comments = { $n ->
    [one] 💬 { $n } комментарий к <b>{ $name }</b>
    [few] 💬 { $n } комментария к <b>{ $name }</b>
   *[other] 💬 { $n } комментариев к <b>{ $name }</b>
}
panel-comments-hint = Ответьте на карточку, чтобы добавить свой.
task-comment = 💬 { $author } { $at }: «{ $text }»
toast-task-changed = { $name }: изменено

reminder-head = 🔔 <b>Ваши задачи</b> · { $day }
reminder-part-late = ⏰ <b>Просрочено</b>
reminder-part-today = 📅 <b>Срок сегодня</b>
reminder-part-others = ▫️ <b>И ещё ваше</b>
reminder-none = Ничего из этого уже не открыто.
button-remind-on = 🔔 Напоминать по утрам
button-remind-off = 🔕 Больше не напоминать
toast-reminding = Буду писать утром в рабочие дни, когда у чего-то вашего срок
toast-not-reminding = Больше не напоминаю

export-head = 📦 <b>Задачи { $project } файлом</b>: те, что вам можно читать, со ссылками на сообщения.
button-export-tasks = 📄 { $form }
file-title = Задачи { $project }
file-none = Задач пока нет.
