"""Order, tracking and article numbers, in the formats their makers publish, with their check digits.

A format is a name and a maker; the maker takes a source of chance. Where people also write a number
in groups, `GROUPED` says how.
"""

LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
MIXED = "ABCDEFGHJKLMNPQRSTUVWXYZ0123456789"


def digits(source, count, first=None):
    out = "".join(str(source.randrange(10)) for _ in range(count))
    if first is None:
        return out
    return source.choice(first) + out[1:]


def letters(source, count, among=LETTERS):
    return "".join(source.choice(among) for _ in range(count))


def gs1(body):
    """The check digit of GS1 numbers: weights 3 and 1 from the right."""
    total = sum(int(c) * (3 if at % 2 == 0 else 1) for at, c in enumerate(reversed(body)))
    return body + str(-total % 10)


# --- Orders ----------------------------------------------------------------------------------

def shopify(s):
    return "#" + str(s.randint(1001, 99999))


def shopify_prefixed(s):
    return "#" + s.choice(["LN", "SHOP", "UK", "EU", "B"]) + str(s.randint(1001, 99999))


def amazon(s):
    return f"{s.choice(['302', '303', '304', '305', '306', '026', '028', '171', '203', '404', '405', '406', '111', '112', '113'])}-{digits(s, 7)}-{digits(s, 7)}"


def magento(s):
    return str(s.choice([100, 200, 300, 400])) + f"{s.randint(1, 999999):06d}"


def magento_two(s):
    return f"{s.choice(['00', '10', '20'])}{s.randint(1, 9999999):07d}"


def woocommerce(s):
    return str(s.randint(1200, 98999))


def shopware(s):
    return str(s.randint(10001, 399999))


def ebay(s):
    return f"{digits(s, 2)}-{digits(s, 5)}-{digits(s, 5)}"


def etsy(s):
    return digits(s, 10, "123")


def fashion_house(s):
    return s.choice(["101", "102", "103"]) + digits(s, 11)


def purchase_order(s):
    return "45" + digits(s, 8)


def prestashop(s):
    return letters(s, 9, "ABCDEFGHIJKLMNOPQRSTUVWXYZ")


def dated(s):
    return f"2026{s.randint(1, 12):02d}{s.randint(1, 28):02d}-{s.randint(1, 9999):04d}"


def by_year(s):
    return s.choice(["B-2026-", "AB2026-", "2026/", "SO-26-", "INV-2026-", "RE-2026-", "AU"]) + f"{s.randint(1, 99999):06d}"


def lettered(s):
    return s.choice(["W00", "WEB", "ORD-", "SO-", "RMA-", "PO-", "A", "K-", "BST"]) + digits(s, 6)


def two_groups(s):
    return f"{digits(s, 4, '123456789')}-{digits(s, 4)}"


def long_number(s):
    return digits(s, s.choice([11, 12, 13]), "123456789")


ORDERS = [shopify, shopify_prefixed, amazon, amazon, magento, magento, magento_two, woocommerce, shopware, ebay, etsy, fashion_house,
          purchase_order, prestashop, dated, by_year, lettered, two_groups, long_number]


# --- Parcels ---------------------------------------------------------------------------------

def ups(s):
    body = letters(s, 6, MIXED) + s.choice(["01", "02", "03", "12", "15", "42", "66", "68", "DK"]) + digits(s, 7)
    worth = [int(c) if c.isdigit() else (ord(c) - 63) % 10 for c in body]
    total = sum(worth[0::2]) + 2 * sum(worth[1::2])
    return "1Z" + body + str(-total % 10)


def fedex(s):
    body = digits(s, 11, "234678")
    total = sum(int(c) * w for c, w in zip(body, (3, 1, 7, 3, 1, 7, 3, 1, 7, 3, 1)))
    return body + str(total % 11 % 10)


def fedex_ground(s):
    return gs1(digits(s, 14))


def fedex_96(s):
    return "96" + gs1(digits(s, 19))


def usps(s):
    return gs1(s.choice(["9400", "9205", "9405", "9303", "9261", "9274"]) + digits(s, 17))


def usps_certified(s):
    return gs1(s.choice(["70", "71", "77", "82"]) + digits(s, 17))


def usps_routed(s):
    return "420" + digits(s, 5) + usps(s)


def universal(s):
    """Universal Postal Union, S10."""
    body = digits(s, 8)
    rest = 11 - sum(int(c) * w for c, w in zip(body, (8, 6, 4, 2, 3, 5, 9, 7))) % 11
    check = {10: 0, 11: 5}.get(rest, rest)
    kind = s.choice(["RR", "RA", "CP", "EE", "LX", "UA", "CY", "RB", "VV", "EA"])
    return kind + body + str(check) + s.choice(["GB", "DE", "FR", "ES", "IT", "PT", "NL", "PL", "AT", "CH", "US", "CN", "BE", "SE"])


def dhl_express(s):
    body = digits(s, 9, "123456789")
    return body + str(int(body) % 7)


def dhl_parcel(s):
    return gs1("00340434" + digits(s, 11))


def dhl_short(s):
    return digits(s, 12, "1234567")


def dhl_jjd(s):
    return "JJD" + s.choice(["0003900", "0146000", "0002252"]) + digits(s, 11)


def dhl_commerce(s):
    return "GM" + digits(s, 18)


def dpd(s):
    return "0" + s.choice(["1905", "1505", "9445", "5222", "2285"]) + digits(s, 9)


def dpd_lettered(s):
    return dpd(s) + s.choice("ABCDEFGHKMNPRSTUWX")


def gls(s):
    return gs1(digits(s, 10, "123456789"))


def gls_code(s):
    return "Z" + letters(s, 7, MIXED)


def hermes(s):
    return "H" + digits(s, 19, "1")


def evri(s):
    return s.choice(["H00", "T00", "P00", "C00"]) + letters(s, 1) + digits(s, 12, "01")


def postnl(s):
    return "3S" + letters(s, 4) + digits(s, s.choice([7, 9]))


def colissimo(s):
    return s.choice(["6A", "8R", "6C", "9L", "8V", "7Q"]) + digits(s, 11)


def mondial(s):
    return digits(s, 8, "23456789")


def correos(s):
    return "P" + letters(s, 1) + letters(s, 4, MIXED) + "07" + digits(s, 14) + letters(s, 1)


def inpost(s):
    return s.choice(["62", "52", "68"]) + digits(s, 22)


def polish_post(s):
    return gs1("0015900773" + digits(s, 9))


def brt(s):
    return digits(s, s.choice([12, 15]), "0123456")


def amazon_parcel(s):
    return "TBA" + digits(s, 12, "36")


def canada_post(s):
    return gs1(digits(s, 15, "1247"))


def ontrac(s):
    return s.choice("CD") + digits(s, 14, "1")


TRACKS = [ups, ups, fedex, fedex, fedex_ground, fedex_96, usps, usps, usps_certified, usps_routed, universal, universal, dhl_express,
          dhl_parcel, dhl_parcel, dhl_short, dhl_jjd, dhl_commerce, dpd, dpd, dpd_lettered, gls, gls_code, hermes, evri, postnl, colissimo,
          mondial, correos, inpost, polish_post, brt, amazon_parcel, canada_post, ontrac]


# --- Articles --------------------------------------------------------------------------------

def ean(s):
    return gs1(s.choice(["400", "401", "426", "500", "501", "301", "842", "800", "871", "590", "560", "761", "900"]) + digits(s, 9))


def ean_short(s):
    return gs1(s.choice(["40", "50", "96"]) + digits(s, 5))


def upc(s):
    return gs1(s.choice(["0", "6", "7", "8"]) + digits(s, 10))


def gtin(s):
    return gs1(s.choice("12345") + ean(s)[:12])


def isbn(s):
    body = gs1(s.choice(["978", "979"]) + s.choice(["0", "1", "3", "2", "84", "88"]) + digits(s, 8))
    body = body if len(body) == 13 else gs1(body[:12])
    return f"{body[:3]}-{body[3]}-{body[4:8]}-{body[8:12]}-{body[12]}"


def isbn_short(s):
    body = digits(s, 9, "013")
    rest = -sum(int(c) * (10 - at) for at, c in enumerate(body)) % 11
    return body + ("X" if rest == 10 else str(rest))


def asin(s):
    return "B0" + letters(s, 8, MIXED)


def dotted(s):
    return f"{s.randint(100, 905)}.{digits(s, 3)}.{digits(s, 2)}"


def coloured(s):
    return f"{letters(s, 3)}-{digits(s, 4)}-{s.choice(['NV', 'BK', 'RD', 'GR', 'WH', 'BL'])}-{s.choice(['S', 'M', 'L', 'XL', '38', '42'])}"


def two_letters(s):
    return f"{letters(s, 2)}-{digits(s, 5)}"


def with_dashes(s):
    return f"{digits(s, 3)}-{digits(s, 2)}-{digits(s, 3)}"


def short_number(s):
    return digits(s, s.choice([5, 6, 7]), "123456789")


def long_article(s):
    return digits(s, s.choice([8, 9, 10]), "123456789")


def maker_part(s):
    return letters(s, 3) + digits(s, 1) + letters(s, 1) + digits(s, 1) + s.choice(["ZM/A", "LL/A", "D/A", "EU", "-EX"])


ARTICLES = [ean, ean, ean, ean_short, upc, gtin, isbn, isbn_short, asin, dotted, coloured, two_letters, with_dashes, short_number,
            long_article, maker_part]


# --- How people write them -------------------------------------------------------------------

def cut(*sizes):
    def grouped(number):
        parts, at = [], 0
        for size in sizes:
            parts.append(number[at:at + size])
            at += size
        if number[at:]:
            parts.append(number[at:])
        return " ".join(part for part in parts if part)
    return grouped


FOURS = cut(4, 4, 4, 4, 4, 4)
GROUPED = {
    ups: cut(2, 3, 3, 2, 4), fedex: FOURS, usps: FOURS, usps_certified: FOURS, universal: cut(2, 4, 4, 1), dhl_express: cut(2, 4),
    dhl_parcel: FOURS, dpd: FOURS, ean: cut(1, 6), gls: cut(3, 4), canada_post: FOURS, upc: cut(1, 5, 5), inpost: FOURS,
    fashion_house: FOURS, etsy: cut(3, 3),
}

# A sentence that names one of these speaks of no other format.
NAMED = {
    "EAN": [ean, ean_short, upc, gtin], "barcode": [ean, ean_short, upc, gtin],
    "DHL": [dhl_express, dhl_parcel, dhl_short, dhl_jjd, dhl_commerce], "UPS": [ups], "La Poste": [colissimo, universal],
    "Correos": [correos, universal], "PostNL": [postnl], "CTT": [universal],
}
