### Short messages and printed slips in Arabic. Draft: not yet read by a second reader.

short-message = { $organisation }: كيف كانت خدمتنا؟ بضعة أسئلة قصيرة:
slip-heading = كيف كانت خدمتنا؟
slip-line = بضعة أسئلة قصيرة. امسحوا الرمز أو اكتبوا العنوان:
