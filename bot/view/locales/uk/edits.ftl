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
