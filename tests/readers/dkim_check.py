"""Checks the DKIM signatures of a mail by dkimpy.

    dkim_check.py FOLDER

FOLDER holds mail.eml and records.json: what the domain name system would answer, by name. Prints, as JSON, of each
signature whether it holds, and which headers it covers.
"""

import json
import pathlib
import re
import sys

import dkim

folder = pathlib.Path(sys.argv[1])
mail = (folder / "mail.eml").read_bytes()
records = json.loads((folder / "records.json").read_text())


def answer(name, timeout=5):
    text = records.get(name.decode().rstrip("."))
    return text.encode() if text else None


count = len(re.findall(rb"(?mi)^dkim-signature:", mail))
found = []
for place in range(count):
    checker = dkim.DKIM(mail)
    try:
        holds = checker.verify(idx=place, dnsfunc=answer)
    except dkim.ValidationError:
        holds = False
    covered = [name.decode().lower() for name in checker.signature_fields.get(b"h", b"").replace(b"\r\n", b"").split(b":")]
    found.append({"holds": holds, "covered": [name.strip() for name in covered]})
print(json.dumps(found))
