### Short messages and printed slips in Swedish. Draft: not yet read by a second reader.

short-message = { $organisation }: hur var vår service? Några korta frågor:
slip-heading = Hur var vår service?
slip-line = Några korta frågor. Skanna koden eller skriv in adressen:
