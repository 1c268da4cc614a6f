### За чим стежать: /watch, новини, тиждень.

watch-head = 👁 <b>За чим ви стежите</b> · { $project }
watch-hint = <i>Новини приходять сюди одним повідомленням, коли зручно.</i>
watch-hint-group = <i>Натисніть для себе: новини прийдуть в особистий чат одним повідомленням, коли зручно.</i>
watch-what-runs = Прогони
watch-what-proposals = Пропозиції
watch-what-tasks = Задачі
watch-what-digest = Дайджест
watch-what-weekly = Тиждень
news-head = 👁 <b>Новини</b> · { $project }
news-run = { $ended ->
    [completed] 🏁 { $name } завершено
    [failed] ⚠️ { $name } не вдався
    [cancelled] ⏹ { $name } скасовано
   *[closed] 🏁 { $name } закрито
}
news-proposals = 🗳 Пропозиції: { $what }
news-as-captured = додано: { $n }
news-as-approved = схвалено: { $n }
news-as-merged = обʼєднано: { $n }
news-as-rejected = відхилено: { $n }
news-as-expired = відпущено: { $n }
news-task = 📌 <b>{ $name }</b> { $title } · { $status }, { $facts }
week-head = 🗓 <b>{ $project } · тиждень з { $day }</b>
week-standing = 📌 <b>Задачі</b> { $what }
week-done = готово: { $n }
week-open = відкрито: { $n }
week-overdue = прострочено: { $n }
toast-watched = Ви стежите: новини прийдуть в особистий чат
toast-unwatched = Ви більше не стежите
