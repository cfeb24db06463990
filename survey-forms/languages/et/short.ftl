### Short messages and printed slips in Estonian. Draft: not yet read by a second reader.

short-message = { $organisation }: milline oli meie teenindus? Paar lühikest küsimust:
slip-heading = Milline oli meie teenindus?
slip-line = Mõni lühike küsimus. Skannige kood või sisestage aadress:
