### The words of the page and the badge that show a shop's score to everybody.
###
### For translators: this page is public and must be exact. It promises nothing and praises nobody.

# The heading of the page.
score-heading = What customers say about the service
# The number itself, large. $value is a number from 0 to 100.
score-of = { $value } of 100
# Right after it: the ends of the range in which the true number probably lies.
score-likely = likely { $low } to { $high }
# Two days or two numbers.
score-span = { $from } to { $until }
# Labels beside a value.
score-label-people = Customers who answered
# The first and the last day of the service that is judged.
score-label-period = Service from
# How many answered of those who were asked.
score-label-rate = Answered of those asked
# The range for somebody who looks once.
score-label-range = Likely range, 95 %
# A wider range, for somebody who looks again and again.
score-label-always = Range at every look
# After which event customers are asked.
score-label-when = When they were asked
score-label-whom = Who was asked
# Numbers; $share is a percentage.
score-rate = { $answered } of { $asked }, { $share } %
score-after-placed = after the order was placed
score-after-shipped = after the order was sent out
score-after-delivered = after the delivery
score-after-complaint = after a complaint was closed
score-whom-all = every customer with an order, as far as the shop may write to them
# $share of a hundred orders are drawn by lot.
score-whom-sample = customers drawn by lot: { $share } of 100 orders
# Names of shops or branches follow.
score-whom-places = customers of these places only: { $places }
score-how-heading = How this was asked
score-how-free = Customers get a link after their order and answer by themselves. Nobody is chosen by what they might say, and every answer counts, good or bad.
score-how-sum = The number is the mean over the dimensions of quality that were asked about, each on a scale from 0 to 100.
# $least is the fewest answers for which a score is shown, a number above 20.
score-how-steps = The number moves only when at least ten more customers have answered, so that nobody can read a single answer from it. With fewer than { $least } answers none is shown.
score-out-heading = What is not in it
# Orders by which the shop tries the service out.
score-out-trials = The shop's own trial orders, answers by open links, and answers that were deleted together with everything about the customer.
score-out-silent = Customers who did not answer may think otherwise.
# The page while there are not enough answers.
score-few-heading = Too few answers yet
score-few = A score will stand here once at least { $least } customers have answered within twelve whole months.
# At the end. Laatu is the name of the program.
score-made = Computed by Laatu from all answers of this time.
# What the number is called, on a small badge that other pages show.
score-name = Perceived quality
# On that badge, while there are not enough answers.
score-badge-few = Too few answers yet for a score
# On the badge: how many customers answered.
score-answers = { $count ->
    [one] { $count } answer
   *[other] { $count } answers
}
