### Що відомо: відповіді, пошук, розділи, нотатки.

answer-question = 🔎 <b>{ $question }</b>
answer-as-of = 🕰 Як було на { $day }
answer-sentence = 💬 { $text } <i>{ $name }</i>
answer-without-model = ⚠️ Модель не відповіла; знайдено лише за словами.
answer-unknown = 🤷 Не знаю: ніщо із залишеного в { $project } на це не відповідає. /search шукає й у повідомленнях.
notice-ask-what = Запитайте так: <code>/ask чому відмовилися від SMS?</code> Що діяло раніше: додайте в кінці «станом на 1 квітня».
notice-search-what = Шукайте так: <code>/search сертифікат</code>
found-head = { $n ->
    [0] 🔎 За «{ $query }» нічого не знайдено · { $project }
   *[other] 🔎 <b>Знайдено: { $n }</b> за «{ $query }» · { $project }
}
topic-notes = { $n ->
    [one] { $n } нотатка
    [few] { $n } нотатки
   *[other] { $n } нотаток
}
topic-merged-into = 🔀 Тепер частина розділу «{ $name }»
topic-archived = 🗄 В архіві з { $day }
topic-rename = Відповідайте на це повідомлення новою назвою.
topic-merge = Зробити частиною розділу:
topic-merge-none = Немає іншого розділу, з яким об'єднати.
button-topic-rename = ✏️ Перейменувати
button-topic-merge = 🔀 Об'єднати…
button-topic-archive = 🗄 До архіву
button-topic-back = ↩️ Повернути
note-since = 🕰 Діє з { $since }
note-until = 🕰 Діяло з { $since } по { $until }
note-over = (до { $until })
link-to = { $type ->
    [solves] 🔗 Розв'язує { $name } «{ $title }»
    [supports] 🔗 Підтримує { $name } «{ $title }»
    [contradicts] 🔄 Суперечить { $name } «{ $title }»
    [continues] 🔗 Продовжує { $name } «{ $title }»
    [refines] 🔗 Уточнює { $name } «{ $title }»
    [depends_on] 🔗 Залежить від { $name } «{ $title }»
   *[relates_to] 🔗 Пов'язано з { $name } «{ $title }»
}
link-from = { $type ->
    [solves] 🔗 Розв'язано в { $name } «{ $title }»
    [supports] 🔗 Підтримано в { $name } «{ $title }»
    [contradicts] 🔄 Цьому суперечить { $name } «{ $title }»
    [continues] 🔗 Продовжено в { $name } «{ $title }»
    [refines] 🔗 Уточнено в { $name } «{ $title }»
    [depends_on] 🔗 Від цього залежить { $name } «{ $title }»
   *[relates_to] 🔗 Пов'язано з { $name } «{ $title }»
}
toast-topic-merged = Розділ «{ $name }» тепер частина іншого
toast-topic-archived = Розділ «{ $name }» в архіві
toast-topic-back = Розділ «{ $name }» повернуто
help-know = 🔎 <b>Знання</b> <code>/ask чому відмовилися від SMS?</code> · /search · /topics
