### The words of the message that invites a customer to answer.
###
### For translators: the same words stand in the HTML part and in the plain part, which is also read aloud.
### The shop's name and the order number never change their form.

# The subject line. No exclamation marks, nothing that sounds like advertising.
mail-subject = How was our service? Order { $order }
# The grey line that many mail programs show after the subject. $minutes is never 0.
mail-preview = { $minutes ->
    [one] A few short questions that take about a minute.
   *[other] A few short questions that take less than { $minutes } minutes.
}
mail-greeting = Hello,
mail-thanks = Thank you for your order { $order }.
mail-ask = We would like to hear how our service was, so that we can do it better.
mail-time = { $minutes ->
    [one] The questions take about a minute, and you may leave any of them open.
   *[other] The questions take less than { $minutes } minutes, and you may leave any of them open.
}
# Before the first question with its answers as links; pressing one opens the form with it marked.
mail-first = You can begin right here:
# The one button, and the words before the address in the plain part.
mail-button = Answer the questions
# In the HTML part, before the address written out.
mail-address = If the button does not open, copy this address into your browser:
mail-personal = The link belongs to your order. Please do not pass it on.
mail-goodbye = With kind regards
# In small letters at the end.
mail-why = You get this message because you placed this order with us. Nothing in it tracks you.
# In small letters at the end: a link in the HTML part; a web address follows in the plain part. Leads to the page of
# `unsubscribe.ftl`.
mail-unsubscribe = No more questions by mail
# Right after that link. An e-mail address follows.
mail-object = You can also reply to this message or write to us; a person reads it:
# A web address follows in the plain part; a link in the HTML part.
mail-privacy = How we handle your data

## Reminders: the same message, with these in the place of their twins

# Subjects of the first and of the last reminder. No word that a reminder to pay would have.
mail-subject-reminder = A reminder: how was our service? Order { $order }
mail-subject-last = One last time: how was our service? Order { $order }
# The grey lines after them.
mail-preview-reminder = A short reminder. If you have a moment, the questions are still open.
mail-preview-last = This is our last message about this order. The questions are still open.
# The first sentence of a reminder, in the place of the thanks. It hurries nobody.
mail-opening-reminder = Some days ago we wrote to you about your order { $order }.
# The first sentence of the last one. No message about this order follows it.
mail-opening-last = This is a short reminder about your order { $order }, and our last message about it.
# The sentence after it.
mail-ask-last = If you would like to tell us how our service was, the questions are still open. If not, you need not do anything.
