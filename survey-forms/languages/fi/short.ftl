### Short messages and printed slips in Finnish. Draft: not yet read by a second reader.

short-message = { $organisation }: millaista palvelumme oli? Muutama lyhyt kysymys:
slip-heading = Millaista palvelumme oli?
slip-line = Muutama lyhyt kysymys. Skannatkaa koodi tai kirjoittakaa osoite selaimeen:
