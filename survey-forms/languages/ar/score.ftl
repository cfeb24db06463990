### The words of the page and the badge that show a shop's score to everybody.
### A draft: no second reader has gone through it.

score-heading = ماذا يقول الزبائن عن الخدمة
score-of = { $value } من 100
score-likely = على الأرجح من { $low } إلى { $high }
score-span = من { $from } إلى { $until }
score-label-people = الزبائن الذين أجابوا
score-label-period = فترة الخدمة
score-label-rate = من أجاب ممن سُئلوا
score-label-range = المدى المرجح، 95 %
score-label-always = المدى عند كل اطلاع
score-label-when = متى سُئلوا
score-label-whom = من الذين سُئلوا
score-rate = { $answered } من { $asked }، { $share } %
score-after-placed = بعد تقديم الطلب
score-after-shipped = بعد إرسال الطلب
score-after-delivered = بعد التسليم
score-after-complaint = بعد إغلاق شكوى
score-whom-all = كل زبون لديه طلب ويحق للمتجر أن يراسله
score-whom-sample = زبائن اختيروا بالقرعة: { $share } من كل 100 طلب
score-whom-places = زبائن هذه الأماكن فقط: { $places }
score-how-heading = كيف سألنا
score-how-free = يصل الزبائن رابط بعد طلبهم ويجيبون بأنفسهم. لا يُختار أحد بحسب ما قد يقوله، وتُحسب كل إجابة، حسنة كانت أو سيئة.
score-how-sum = الرقم هو متوسط جوانب الجودة التي سُئل عنها، كل منها على مقياس من 0 إلى 100.
score-how-steps = لا يتغير الرقم إلا بعد أن يجيب عشرة زبائن آخرين على الأقل، حتى لا يستنتج أحد منه إجابة واحدة. ولا يظهر رقم لأقل من { $least } إجابة.
score-out-heading = ما ليس فيه
score-out-trials = طلبات المتجر التجريبية، والإجابات عبر الروابط المفتوحة، والإجابات التي حُذفت مع كل ما يخص الزبون.
score-out-silent = قد يكون للزبائن الذين لم يجيبوا رأي آخر.
score-few-heading = الإجابات قليلة حتى الآن
score-few = سيظهر رقم هنا عندما يجيب { $least } زبونًا على الأقل خلال اثني عشر شهرًا كاملًا.
score-made = حسبه برنامج Laatu من جميع إجابات هذه الفترة.
score-name = الجودة كما يراها الزبائن
score-badge-few = الإجابات قليلة حتى الآن
score-answers = { $count ->
    [zero] لا إجابات
    [one] إجابة واحدة
    [two] إجابتان
    [few] { $count } إجابات
    [many] { $count } إجابة
   *[other] { $count } إجابة
}
