### The page that ends questions by mail in Arabic. Draft: not yet read by a second reader.

unsubscribe-heading = هل تريدون إيقاف الأسئلة بالبريد؟
unsubscribe-who = تصلكم بالبريد الإلكتروني أسئلة عن الخدمة من { $organisation }.
unsubscribe-what = عند الضغط على الزر لن تصلكم بعد ذلك أسئلة كهذه بالبريد. ولا يشمل ذلك الرسائل المتعلقة بطلباتكم.
unsubscribe-address = العنوان المقصود:
unsubscribe-hint = لن يتغير شيء قبل الضغط على الزر.
unsubscribe-now = إيقاف الأسئلة

unsubscribed-heading = لن تصلكم أسئلة أخرى بالبريد
unsubscribed-what = لن تصل إلى هذا العنوان أسئلة كهذه من { $organisation } بعد الآن. وليس عليكم فعل أي شيء آخر.
unsubscribed-late = قد تصل رسالة هي في الطريق بالفعل.
unsubscribe-undo-hint = هل ضغطتم الزر سهوًا؟ بعد التراجع قد تصلكم مثل هذه الأسئلة من جديد كما في السابق.
unsubscribe-undo = تراجع

resubscribed-heading = قد تصلكم الأسئلة من جديد
resubscribed-what = قد تصلكم من { $organisation } أسئلة قصيرة عن الخدمة من جديد كما في السابق.
resubscribed-again = إن غيّرتم رأيكم، فالرابط في نهاية كل رسالة من هذا النوع ما زال يعمل.
