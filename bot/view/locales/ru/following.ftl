### За чем следят: /watch, новости, неделя.

watch-head = 👁 <b>За чем вы следите</b> · { $project }
watch-hint = <i>Новости приходят сюда одним сообщением, когда удобно.</i>
watch-hint-group = <i>Нажмите для себя: новости придут в личный чат одним сообщением, когда удобно.</i>
watch-what-runs = Прогоны
watch-what-proposals = Предложения
watch-what-tasks = Задачи
watch-what-digest = Дайджест
watch-what-weekly = Неделя
news-head = 👁 <b>Новости</b> · { $project }
news-run = { $ended ->
    [completed] 🏁 { $name } завершён
    [failed] ⚠️ { $name } не удался
    [cancelled] ⏹ { $name } отменён
   *[closed] 🏁 { $name } закрыт
}
news-proposals = 🗳 Предложения: { $what }
news-as-captured = добавлено: { $n }
news-as-approved = одобрено: { $n }
news-as-merged = объединено: { $n }
news-as-rejected = отклонено: { $n }
news-as-expired = отпущено: { $n }
news-task = 📌 <b>{ $name }</b> { $title } · { $status }, { $facts }
week-head = 🗓 <b>{ $project } · неделя с { $day }</b>
week-standing = 📌 <b>Задачи</b> { $what }
week-done = готово: { $n }
week-open = открыто: { $n }
week-overdue = просрочено: { $n }
toast-watched = Вы следите: новости придут в личный чат
toast-unwatched = Вы больше не следите
