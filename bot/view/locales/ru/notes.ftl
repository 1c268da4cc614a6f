### Список заметок и что из него сделало одно «Оставить».

notes-head = { $n ->
    [one] 📚 <b>{ $n } заметка, которую стоит оставить</b> · { $project } · запуск { $at }
    [few] 📚 <b>{ $n } заметки, которые стоит оставить</b> · { $project } · запуск { $at }
   *[other] 📚 <b>{ $n } заметок, которые стоит оставить</b> · { $project } · запуск { $at }
}
notes-none = 📚 По всем заметкам этого запуска решено · { $project }
notes-no-subject = Другое
notes-line = { $tick } { $number }. <i>{ $type }</i> { $title }
notes-replaces = {" "}(вместо «{ $title }»)
notes-legend = ⚠ само не отмечено: я сомневаюсь, или это касается уже известного.
notes-more = Нажмите номер, чтобы открыть заметку.
notes-settled = 📚 { $counts } · { $project }
notes-kept = Оставлено: { $n }
notes-dropped = убрано: { $n }
notes-left = осталось: { $n }

button-keep-and-find = ✅ Оставить { $n } и найти задачи
button-keep-n = Оставить { $n }
button-drop-unticked = ✖️ Убрать { $n }
button-one-by-one = По одной ▸
button-find-tasks = 🔎 Найти задачи
button-see-left = Показать оставшиеся { $n } ▸

changed-head = 🔄 <b>Решение изменилось?</b>{ $topic ->
    [none] {""}
   *[other] {" "}· { $topic }
}
changed-was = Было: { $title } · в силе с { $since }
changed-now = Стало: { $title }
button-supersede = 🔁 Заменить
button-both = ➕ Верно и то и другое
button-ignore = ✖️ Пропустить
toast-both-kept = Сохранено; прежнее тоже остаётся в силе
