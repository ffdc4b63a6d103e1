"""Values for disguised.py: published test numbers and invented people. Nobody's data.

Every number that has a check digit is checked when this is read.
"""

CARDS = [
    "4111111111111111", "4242424242424242", "4012888888881881", "4000056655665556",
    "5555555555554444", "5105105105105100", "2223003122003222", "5200828282828210",
    "378282246310005", "371449635398431", "6011111111111117", "6011000990139424",
    "30569309025904", "3530111333300000", "6759649826438453", "6200000000000005",
]
CODES = ["123", "737", "456", "982", "7373", "305"]
# Numbers reserved for fiction where the country has such (UK, US, FR), else of the right shape.
PHONES = [
    "07700 900142", "+44 7700 900961", "020 7946 0321", "01632 960873", "(212) 555-0147",
    "+1 415 555 0132", "030 23125 482", "+49 30 23125 117", "06 39 98 12 34", "+33 6 39 98 55 21",
    "612 345 678", "+34 612 345 987",
]
MAILS = [
    "anna.berg@example.com", "j.okoro@example.org", "tamsin_roe@example.net", "kofi77@example.com",
    "lena.voss@post.example.org", "h-petrova@example.com", "rufus.t@mail.example.net",
    "giulia.santi@example.org", "elodie.m@example.com", "sanne.dijk@example.net",
]
IBANS = [
    "DE89370400440532013000", "GB29NWBK60161331926819", "FR1420041010050500013M02606",
    "ES9121000418450200051332", "IT60X0542811101000000123456", "NL91ABNA0417164300",
    "PL61109010140000071219812874", "AT611904300234573201", "BE68539007547034",
    "PT50000201231234567890154", "CH9300762011623852957",
]
SSNS = ["536-22-8741", "612-38-4907", "219-48-6035", "401-44-2387"]
ADDRESSES = ["192.0.2.17", "198.51.100.23", "203.0.113.240", "192.0.2.101"]
LINKS = [
    "https://cheap-lamps.example.com/deal", "http://www.room-of-anna.example.org",
    "lampen-billig.example.net", "https://shop.example.com/order/77",
]
PEOPLE = [
    "Anna Berg", "Jonas Wetterstein", "Priya Raman", "Lucas Moreau", "Margaret Whitcombe",
    "Hannah Petrova", "Giulia Santarelli", "Daniel Okafor", "Sanne Verhoeck", "Camila Duarte",
]
NATIONAL_IDS = [
    ("de", "65929970489"), ("de", "86095742719"), ("es", "12345678Z"), ("es", "48203715"),
    ("es-nie", "X1234567L"), ("it", "RSSMRA85T10A562S"), ("fr", "18412764510894"), ("nl", "111222333"),
    ("pl", "44051401359"), ("be", "85073003328"), ("pt", "123456789"), ("uk", "AB123456C"),
    ("br", "52998224725"), ("br", "11144477735"), ("in", "234123412346"), ("ca", "046454286"),
]


def luhn(number):
    total = 0
    for place, digit in enumerate(reversed([int(c) for c in number])):
        total += digit if place % 2 == 0 else sum(divmod(digit * 2, 10))
    return total % 10 == 0


def iban(number):
    moved = number[4:] + number[:4]
    return int("".join(str(int(c, 36)) for c in moved)) % 97 == 1


def steuer_id(number):
    product = 10
    for digit in number[:10]:
        total = (int(digit) + product) % 10 or 10
        product = total * 2 % 11
    return (11 - product) % 10 == int(number[10])


def dni_letter(number):
    return "TRWAGMYFPDXBNJZSQVHLCKE"[int(number) % 23]


def codice_fiscale(code):
    odd = dict(zip("0123456789", (1, 0, 5, 7, 9, 13, 15, 17, 19, 21)))
    odd.update(zip("ABCDEFGHIJKLMNOPQRSTUVWXYZ", (1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20,
                                                  11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23)))
    even = lambda c: int(c) if c.isdigit() else ord(c) - 65
    total = sum(odd[c] if at % 2 == 0 else even(c) for at, c in enumerate(code[:15]))
    return chr(65 + total % 26) == code[15]


def weighted(number, weights, modulus):
    return sum(int(c) * w for c, w in zip(number, weights)) % modulus


def cpf(number):
    for length in (9, 10):
        rest = weighted(number, range(length + 1, 1, -1), 11)
        if int(number[length]) != (0 if rest < 2 else 11 - rest):
            return False
    return True


def nif(number):
    rest = weighted(number, range(9, 1, -1), 11)
    return int(number[8]) == (0 if rest < 2 else 11 - rest)


def aadhaar(number):
    """The Verhoeff check, by the dihedral group of order ten."""
    def times(a, b):
        if a < 5:
            return (a + b) % 5 if b < 5 else 5 + (a + b - 5) % 5
        return 5 + (a - 5 - b) % 5 if b < 5 else (a - b) % 5
    turned = [list(range(10))]
    first = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4]
    for _ in range(7):
        turned.append([first[x] for x in turned[-1]])
    check = 0
    for place, digit in enumerate(reversed(number)):
        check = times(check, turned[place % 8][int(digit)])
    return check == 0


def finished(country, number):
    """A few stand above without their check digits, which are computed here."""
    if country == "es" and number.isdigit():
        return number + dni_letter(number)
    if country == "fr" and len(number) < 15:
        body = number[:13]
        return body + f"{97 - int(body) % 97:02d}"
    return number


def holds(country, number):
    if country == "de":
        return steuer_id(number)
    if country == "es":
        return number[8] == dni_letter(number[:8])
    if country == "es-nie":
        return number[8] == dni_letter(str("XYZ".index(number[0])) + number[1:8])
    if country == "it":
        return codice_fiscale(number)
    if country == "fr":
        return (int(number[:13]) + int(number[13:])) % 97 == 0
    if country == "nl":
        return weighted(number, (9, 8, 7, 6, 5, 4, 3, 2, -1), 11) == 0
    if country == "pl":
        return weighted(number, (1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1), 10) == 0
    if country == "be":
        return 97 - int(number[:9]) % 97 == int(number[9:])
    if country == "pt":
        return nif(number)
    if country == "br":
        return cpf(number)
    if country == "in":
        return aadhaar(number)
    if country == "ca":
        return luhn(number)
    return country == "uk"


NATIONAL_IDS = [(country, finished(country, number)) for country, number in NATIONAL_IDS]

for card in CARDS:
    assert luhn(card), card
for account in IBANS:
    assert iban(account), account
for country, number in NATIONAL_IDS:
    assert holds(country, number), (country, number)

BY_KIND = {
    "CREDIT_CARD": CARDS, "CARD_SECURITY_CODE": CODES, "PHONE_NUMBER": PHONES,
    "EMAIL_ADDRESS": MAILS, "IBAN_CODE": IBANS, "US_SSN": SSNS, "IP_ADDRESS": ADDRESSES,
    "URL": LINKS, "PERSON": PEOPLE,
}


def pick(kind, source):
    return source.choice(BY_KIND[kind])
