### Short messages and printed slips in Hungarian. Draft: not yet read by a second reader.

short-message = { $organisation }: Ön hogyan értékel minket? Rövid kérdések:
slip-heading = Milyen volt a kiszolgálásunk?
slip-line = Néhány rövid kérdés. Olvassa be a kódot, vagy írja be a címet:
