### The invitation in Arabic. Draft: not yet read by a second reader.
###
### Modern standard Arabic, polite plural. The shop's name and the order number stand as they are; digits are
### 0 to 9. One and two minutes have words of their own, without a digit.

mail-subject = كيف كانت خدمتنا؟ الطلب رقم { $order }
mail-preview = { $minutes ->
    [zero] بضعة أسئلة قصيرة تستغرق أقل من دقيقة.
    [one] بضعة أسئلة قصيرة تستغرق نحو دقيقة واحدة.
    [two] بضعة أسئلة قصيرة تستغرق أقل من دقيقتين.
    [few] بضعة أسئلة قصيرة تستغرق أقل من { $minutes } دقائق.
    [many] بضعة أسئلة قصيرة تستغرق أقل من { $minutes } دقيقة.
   *[other] بضعة أسئلة قصيرة تستغرق أقل من { $minutes } دقيقة.
}
mail-greeting = تحية طيبة،
mail-thanks = شكرًا لكم على الطلب رقم { $order }.
mail-ask = نود أن نعرف كيف كانت خدمتنا، كي نحسّنها.
mail-time = { $minutes ->
    [zero] تستغرق الإجابة أقل من دقيقة، ويمكنكم ترك أي سؤال بلا إجابة.
    [one] تستغرق الإجابة نحو دقيقة واحدة، ويمكنكم ترك أي سؤال بلا إجابة.
    [two] تستغرق الإجابة أقل من دقيقتين، ويمكنكم ترك أي سؤال بلا إجابة.
    [few] تستغرق الإجابة أقل من { $minutes } دقائق، ويمكنكم ترك أي سؤال بلا إجابة.
    [many] تستغرق الإجابة أقل من { $minutes } دقيقة، ويمكنكم ترك أي سؤال بلا إجابة.
   *[other] تستغرق الإجابة أقل من { $minutes } دقيقة، ويمكنكم ترك أي سؤال بلا إجابة.
}
mail-button = الإجابة عن الأسئلة
mail-address = إذا لم يعمل الزر، فيُرجى نسخ هذا العنوان إلى المتصفح:
mail-personal = هذا الرابط خاص بطلبكم. يُرجى عدم مشاركته مع أحد.
mail-goodbye = مع أطيب التحيات
mail-why = وصلتكم هذه الرسالة لأنكم قدّمتم هذا الطلب لدينا. لا تتضمن الرسالة أي وسيلة للتتبع.
mail-object = إن كنتم لا ترغبون في تلقي مثل هذه الأسئلة، فيُرجى الرد على هذه الرسالة أو الكتابة إلينا، وسيقرؤها شخص من فريقنا:
mail-privacy = كيف نتعامل مع بياناتكم
