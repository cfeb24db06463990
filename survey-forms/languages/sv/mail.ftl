### The invitation in Swedish. Draft: not yet read by a second reader.
###
### Informal address (du). The shop's name and the order number stand as they are.

mail-subject = Hur var vår service? Beställning { $order }
mail-preview = { $minutes ->
    [one] Några korta frågor som tar ungefär en minut.
   *[other] Några korta frågor som tar mindre än { $minutes } minuter.
}
mail-greeting = Hej!
mail-thanks = Tack för din beställning { $order }.
mail-ask = Vi vill gärna veta hur vår service var, så att vi kan bli bättre.
mail-time = { $minutes ->
    [one] Det tar ungefär en minut att svara, och du kan hoppa över vilken fråga du vill.
   *[other] Det tar mindre än { $minutes } minuter att svara, och du kan hoppa över vilken fråga du vill.
}
mail-button = Svara på frågorna
mail-address = Om knappen inte fungerar kan du kopiera den här adressen till webbläsaren:
mail-personal = Länken hör till din beställning. Skicka den inte vidare till andra.
mail-goodbye = Vänliga hälsningar
mail-why = Du får det här meddelandet eftersom du har gjort den här beställningen hos oss. Ingenting i det spårar dig.
mail-object = Vill du inte få sådana här frågor? Svara på meddelandet eller skriv till oss; en människa läser det:
mail-privacy = Så hanterar vi dina uppgifter
