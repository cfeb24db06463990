### Short messages and printed slips in Polish. Draft: not yet read by a second reader.

short-message = { $organisation }: jak oceniasz zakupy u nas? Odpowiedz tutaj:
slip-heading = Jak oceniasz naszą obsługę?
slip-line = Kilka krótkich pytań. Zeskanuj kod lub wpisz adres:
