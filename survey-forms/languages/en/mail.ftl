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
# The one button, and the words before the address in the plain part.
mail-button = Answer the questions
# In the HTML part, before the address written out.
mail-address = If the button does not open, copy this address into your browser:
mail-personal = The link belongs to your order. Please do not pass it on.
mail-goodbye = With kind regards
# In small letters at the end.
mail-why = You get this message because you placed this order with us. Nothing in it tracks you.
# An e-mail address follows.
mail-object = If you do not want such questions, reply to this message or write to us; a person reads it:
# A web address follows in the plain part; a link in the HTML part.
mail-privacy = How we handle your data
