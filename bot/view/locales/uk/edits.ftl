### Зміна картки: відповіддю простими словами, кнопками, і що про це каже історія.

panel-edit = ✏️ Що змінити? Натисніть кнопку або напишіть у відповідь: «високий, до п'ятниці, віддай Олі».
panel-title = ✏️ Дайте відповідь на це повідомлення новою назвою.
panel-change = ✏️ Змінити { $name } { $title }?
panel-change-none = Так уже і є.
panel-change-unclear = Цього я не зрозумів: «{ $text }»
button-apply-approve = ✅ Змінити й схвалити
button-apply-keep = ✅ Змінити й залишити
button-apply = Змінити
button-cancel-change = Скасувати
button-edit-title = 🔤 Назва

field-title = назва
field-text = текст
field-type = тип
field-category = категорія
field-priority = пріоритет
field-owner = виконавець
field-date = термін
field-tags = теги

### Переробка запропонованого.

card-joined = ➕ З нею об'єднано ще: { $n }
panel-split = ✂️ Розділити { $name } { $title }? Непозначене залишиться разом.
split-line = { $tick } { $number }. { $title }
panel-project = 📁 Для якого це проєкту?
panel-project-none = 📁 Інших проєктів, де ви вирішуєте, немає.
panel-merged = 🔀 Об'єднано з <b>{ $name }</b>. Вийняте знову чекатиме рішення.
merged-line = • { $name } { $title }
button-shape-split = ✂️ Розділити…
button-shape-combine = ➕ З'єднати…
button-promote = 📋 Зробити задачею
button-split = ✂️ Розділити на { $n }
button-edit-project = 📁 Проєкт
button-merged = 🔀 Об'єднано ({ $n })
button-unmerge = ↩️ Вийняти { $name }
