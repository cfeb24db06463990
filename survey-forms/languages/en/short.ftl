### The words of short messages and of printed slips.

# A message to a phone; the link follows. Only letters of the alphabet of short messages (GSM 03.38): no ő, õ, ł, á.
# $organisation is the shop's name, and is cut when it is very long.
short-message = { $organisation }: how was our service? A few short questions:
# In large letters on a slip of paper in the parcel, above a QR code.
slip-heading = How was our service?
# Below it; the code and the address follow.
slip-line = A few short questions. Scan the code, or type this address:
