### Список нотаток і що з нього зробило одне «Залишити».

notes-head = { $n ->
    [one] 📚 <b>{ $n } нотатка, яку варто залишити</b> · { $project } · запуск { $at }
    [few] 📚 <b>{ $n } нотатки, які варто залишити</b> · { $project } · запуск { $at }
   *[other] 📚 <b>{ $n } нотаток, які варто залишити</b> · { $project } · запуск { $at }
}
notes-none = 📚 Щодо всіх нотаток цього запуску вирішено · { $project }
notes-no-subject = Інше
notes-line = { $tick } { $number }. <i>{ $type }</i> { $title }
notes-replaces = {" "}(замість «{ $title }»)
notes-legend = ⚠ саме не позначено: я сумніваюся, або це стосується вже відомого.
notes-more = Натисніть номер, щоб відкрити нотатку.
notes-settled = 📚 { $counts } · { $project }
notes-kept = Залишено: { $n }
notes-dropped = прибрано: { $n }
notes-left = лишилося: { $n }

button-keep-and-find = ✅ Залишити { $n } і знайти задачі
button-keep-n = Залишити { $n }
button-drop-unticked = ✖️ Прибрати { $n }
button-one-by-one = По одній ▸
button-find-tasks = 🔎 Знайти задачі
button-see-left = Показати решту { $n } ▸

changed-head = 🔄 <b>Рішення змінилося?</b>{ $topic ->
    [none] {""}
   *[other] {" "}· { $topic }
}
changed-was = Було: { $title } · чинне з { $since }
changed-now = Стало: { $title }
button-supersede = 🔁 Замінити
button-both = ➕ Правильне і те, і те
button-ignore = ✖️ Пропустити
toast-both-kept = Збережено; попереднє теж лишається чинним
