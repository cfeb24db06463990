### The words of the customer's pages.
###
### For translators: write calmly and shortly, as a good shop assistant would speak. Names of shops and
### order numbers come in as variables and never change their form: if your language would inflect them,
### turn the sentence so that they stand alone, for instance after a colon. Keep every key and every
### variable. Numbers that count something need all plural forms of your language.

## On every page

# Read aloud before the row of other languages at the top.
language-switch = Language
# At the foot of every page, before an e-mail address that is a link.
foot-contact = Questions? A person answers at:
# At the foot of every page. $months: for how many months answers are kept.
foot-kept = { $months ->
    [one] Your answers are linked to this order and kept for at most a month.
   *[other] Your answers are linked to this order and kept for at most { $months } months.
}
# A link at the foot of every page; it leads to the shop's privacy notice.
privacy-link = How we handle your data

## The pages with questions

# Above the heading, and in the title of the browser's tab. "Part 2 of 5".
part = Part { $number } of { $total }
# Stands after the line above, behind a dot: "Part 2 of 5 · about a minute left". 0 means under one minute.
time-left = { $minutes ->
    [0] less than a minute left
    [one] about a minute left
   *[other] about { $minutes } minutes left
}
# A quiet line under the heading, on every page but the first.
order-line = About order { $order }
# Heading of the last page, which asks about everything together.
closing-heading = The order as a whole
# The button at the end of a page.
continue = Save and continue
# The button at the end of the last page.
finish = Send my answers
# Looks like a link; leads to the page before.
back = Back

# First page, before the first question: who asks, about what, and why. $organisation is the shop's name.
intro-who = { $organisation } asks you about order { $order } to make its service better.
# First page, right after the sentence above. $minutes is never 0.
intro-time = { $minutes ->
    [one] It takes about a minute, and you may leave any question open.
   *[other] It takes about { $minutes } minutes, and you may leave any question open.
}
# First page: what happens to the answers.
intro-stored = { $months ->
    [one] Your answers are linked to this order, read by the people who look after the service, and kept for at most a month.
   *[other] Your answers are linked to this order, read by the people who look after the service, and kept for at most { $months } months.
}
# First page; an e-mail address that is a link follows.
intro-rights = To see, change or delete your answers, or to say that you do not want to be asked, write to:

# A note at the top when somebody comes back to a form that was begun earlier.
resumed = Welcome back. What you answered before is still here.
# A note at the top of the first page when somebody pressed one of the answers in the mail.
suggested = You chose an answer in the message. It is marked below; it is sent when you press the button.
# A note at the top when somebody changes answers that were already sent.
correcting = You are changing answers that you have already sent. What you send now replaces them.

# Under the question of the free text. $limit: how many characters fit.
comment-hint = Please write no names, addresses or phone numbers. There is room for { $limit } characters.

## When a page comes back

# First word in the title of the browser's tab.
title-error = Error: { $title }
# Read aloud before the message beside a question.
error-word = Error:
# The box at the top when nothing was answered on the page.
left-open-heading = This page is still empty
left-open-text = You may answer now, or go on without answering.
# Beside each question of such a page, and as a link in the box at the top after the question's own words.
left-open-item = Left open: answer, or go on.
# The box at the top when something could not be read.
problems-heading = Please look at this page once more
problem-outside = This answer could not be read. Please choose one of the answers shown.
problem-twice = Two different answers came for this question. Please choose one.
# $count: how long the text is; $limit: how much fits.
problem-comment-long = { $count ->
    [one] The text is { $count } character long, and there is room for { $limit }. Please shorten it.
   *[other] The text is { $count } characters long, and there is room for { $limit }. Please shorten it.
}
problem-unknown = Something came along that this page does not ask. Please send the page again.

## The page after the last one

thanks-heading = Thank you
# The answers have just been sent.
thanks-saved = Your answers have arrived.
# The page is opened again later.
thanks-before = You have answered already. These are the answers we have from you.
# Somebody sent other answers after the time for changing them.
thanks-not-taken = The answers you sent first stand. The ones sent now came too late and were not taken.
# Heading above the list of questions and given answers.
thanks-answers = Your answers
# In that list, where no answer was given.
thanks-open = Left open
# A link; leads to the first page.
thanks-change = Change your answers
thanks-keep = You can print this page or save it.
# An e-mail address that is a link follows.
thanks-contact = Would you like a person to look into something? Write to us at:
# What happens with the answers now.
thanks-next = The people who look after the service read your answers and look for what to do better. You need not do anything more.
# A box after a low judgement; the shop's own words follow.
thanks-offer-heading = We would like to put this right
# In that box: a link to a page of the shop.
thanks-offer-link = See how we can help
# In that box; an e-mail address that is a link follows.
thanks-offer-contact = Write to us, and a person looks into it:
# Heading above the shop's own words on what came of earlier answers.
thanks-we-did-heading = You said, we did

## Pages behind open links, where no order is known

# Heading of the last page, which asks about everything together.
closing-open-heading = The service as a whole
# At the foot of every page.
foot-kept-open = { $months ->
    [one] Your answers are kept for at most a month.
   *[other] Your answers are kept for at most { $months } months.
}
# First page, before the first question: who asks, and why.
intro-who-open = { $organisation } asks you about its service, to make it better.
# First page: what happens to the answers.
intro-stored-open = { $months ->
    [one] We do not ask who you are. Your answers are read by the people who look after the service, and kept for at most a month.
   *[other] We do not ask who you are. Your answers are read by the people who look after the service, and kept for at most { $months } months.
}
# First page; an e-mail address that is a link follows.
intro-rights-open = To see, change or delete your answers later, write to:
# A box above the page with the answers, when too many people begin at once.
later-heading = One moment, please
later-text = Many people are answering here just now. Please wait a little and send this page once more. Your answers are still on it.
# The same, when the page had been open for more than a day.
send-again-heading = Please send this page once more
send-again-text = It had been open for a long time, so nothing has arrived yet. Your answers are still on it.
# A page that stands alone: the link was closed for good.
closed-heading = These questions are closed
closed-text = Thank you for wanting to answer. This link takes no answers any more.
# A page that stands alone: the survey is paused.
resting-heading = Not open just now
resting-text = Thank you for wanting to answer. These questions are resting for the moment. Please try again another day.

## Previews, for those who prepare a survey

# Always above the page; customers never see it.
preview-note = Preview: nothing is kept.
# Names of rows of links: how much is asked, how it is spread over pages, which form, how the customer was in touch, which page.
preview-length = Length
preview-paging = Paging
preview-form = Form
preview-module = In touch by
preview-page = Page

## Pages that stand alone

expired-heading = This questionnaire is closed
expired-text = The time for answering is over. What you had saved before is kept.
# An e-mail address that is a link follows.
expired-contact = If there is something you still want to say, write to us at:
unknown-heading = This link does not work
unknown-text = Perhaps a part of it is missing, or it is no longer in use. Please open the link in the message once more, or copy all of it into the address line.
busy-heading = One moment, please
busy-text = Many people are answering just now. Wait a little, then load the page again. What you had saved before is safe.
broken-heading = Something went wrong on our side
broken-text = It is not your fault. What you had saved before is safe. Please go back and send this page once more.
# $id is a code that helps to find the mistake.
broken-reference = If you write to us about this, please mention: { $id }

## Further kinds of questions

# The two answers to a question that is answered by yes or no; also in lists of answers.
yes = Yes
no = No
# In the place of "Part 2 of 5" while it is not certain yet how many parts will follow.
part-open = Part { $number }
# Under a question that is answered by a number.
number-hint = A whole number from { $min } to { $max }.
# Under a question with several boxes to tick.
multiple-hint = You may choose several.
# Under a question that asks for an order: each line has a list of places, 1, 2, 3.
ranking-hint = 1 stands for first place. The order counts once every line has a place.
# When no such number came.
problem-number = Please write a whole number from { $min } to { $max }.
# When a place was given twice or one was left out.
problem-ranking = Please give each line a different place, beginning with 1, or leave all of them open.
# When a box such as "none of these" was ticked together with others.
problem-contradiction = These answers do not go together: one of them says that none of the others fits. Please look once more.
