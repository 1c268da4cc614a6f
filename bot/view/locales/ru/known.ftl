### Что известно: ответы, поиск, разделы, заметки.

answer-question = 🔎 <b>{ $question }</b>
answer-as-of = 🕰 Как было на { $day }
answer-sentence = 💬 { $text } <i>{ $name }</i>
answer-without-model = ⚠️ Модель не ответила; найдено только по словам.
answer-unknown = 🤷 Не знаю: ничто из оставленного в { $project } на это не отвечает. /search ищет и в сообщениях.
notice-ask-what = Спросите так: <code>/ask почему отказались от SMS?</code> Что действовало раньше: добавьте в конце «по состоянию на 1 апреля».
notice-search-what = Ищите так: <code>/search сертификат</code>
found-head = { $n ->
    [0] 🔎 По «{ $query }» ничего не найдено · { $project }
   *[other] 🔎 <b>Найдено: { $n }</b> по «{ $query }» · { $project }
}
topic-notes = { $n ->
    [one] { $n } заметка
    [few] { $n } заметки
   *[other] { $n } заметок
}
topic-merged-into = 🔀 Теперь часть раздела «{ $name }»
topic-archived = 🗄 В архиве с { $day }
topic-rename = Ответьте на это сообщение новым названием.
topic-merge = Сделать частью раздела:
topic-merge-none = Нет другого раздела, с которым объединить.
button-topic-rename = ✏️ Переименовать
button-topic-merge = 🔀 Объединить…
button-topic-archive = 🗄 В архив
button-topic-back = ↩️ Вернуть
note-since = 🕰 Действует с { $since }
note-until = 🕰 Действовало с { $since } по { $until }
note-over = (до { $until })
link-to = { $type ->
    [solves] 🔗 Решает { $name } «{ $title }»
    [supports] 🔗 Поддерживает { $name } «{ $title }»
    [contradicts] 🔄 Противоречит { $name } «{ $title }»
    [continues] 🔗 Продолжает { $name } «{ $title }»
    [refines] 🔗 Уточняет { $name } «{ $title }»
    [depends_on] 🔗 Зависит от { $name } «{ $title }»
   *[relates_to] 🔗 Связано с { $name } «{ $title }»
}
link-from = { $type ->
    [solves] 🔗 Решается в { $name } «{ $title }»
    [supports] 🔗 Поддержано в { $name } «{ $title }»
    [contradicts] 🔄 Этому противоречит { $name } «{ $title }»
    [continues] 🔗 Продолжено в { $name } «{ $title }»
    [refines] 🔗 Уточнено в { $name } «{ $title }»
    [depends_on] 🔗 От этого зависит { $name } «{ $title }»
   *[relates_to] 🔗 Связано с { $name } «{ $title }»
}
toast-topic-merged = Раздел «{ $name }» теперь часть другого
toast-topic-archived = Раздел «{ $name }» в архиве
toast-topic-back = Раздел «{ $name }» возвращён
help-know = 🔎 <b>Знания</b> <code>/ask почему отказались от SMS?</code> · /search · /topics
