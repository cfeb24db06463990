### Short messages and printed slips in German. Draft: not yet read by a second reader.

short-message = { $organisation }: Wie war unser Service? Ein paar kurze Fragen:
slip-heading = Wie war unser Service?
slip-line = Ein paar kurze Fragen. Scannen Sie den Code, oder geben Sie die Adresse ein:
