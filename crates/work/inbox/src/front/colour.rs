//! Colours, and whether text can be read on them (WCAG 2.2, 1.4.3), in whole numbers.

use core::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// A colour of the screen, written `#rrggbb`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Colour {
    red: u8,
    green: u8,
    blue: u8,
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no colour: expected `#` and six hexadecimal digits, such as `#1d5a4c`")]
pub struct NoColour(String);

/// A contrast in hundredths: 450 is 4.5 to 1, which text needs.
pub const READABLE: u32 = 450;

const WHITE: Colour = Colour::new(255, 255, 255);
const BLACK: Colour = Colour::new(0, 0, 0);

impl Colour {
    #[must_use]
    pub const fn new(red: u8, green: u8, blue: u8) -> Self {
        Self { red, green, blue }
    }

    /// Relative luminance in millionths.
    fn luminance(self) -> u64 {
        let linear =
            |channel: u8| u64::from(LINEAR.get(usize::from(channel)).copied().unwrap_or(0));
        (2126 * linear(self.red) + 7152 * linear(self.green) + 722 * linear(self.blue)) / 10_000
    }

    /// The contrast with another colour in hundredths, rounded down.
    #[must_use]
    pub fn contrast(self, other: Self) -> u32 {
        let (one, two) = (self.luminance() + 50_000, other.luminance() + 50_000);
        let hundredths = one.max(two) * 100 / one.min(two);
        u32::try_from(hundredths).unwrap_or(u32::MAX)
    }

    /// White or black, whichever is read better on this colour. One of the two always can be: their
    /// contrasts' product is 21.
    #[must_use]
    pub fn readable_on_it(self) -> Self {
        if WHITE.contrast(self) >= BLACK.contrast(self) {
            WHITE
        } else {
            BLACK
        }
    }

    /// This colour, as far towards black or white as it takes to be read on `paper`.
    #[must_use]
    pub fn as_ink_on(self, paper: Self) -> Self {
        let end = paper.readable_on_it();
        let steps = (0..=20).map(|step| self.towards(end, step));
        let mut readable = steps.filter(|ink| ink.contrast(paper) >= READABLE);
        readable.next().unwrap_or(end)
    }

    /// `step` twentieths of the way to another colour.
    #[must_use]
    pub fn towards(self, end: Self, step: u8) -> Self {
        let step = u32::from(step.min(20));
        let mix = |from: u8, to: u8| {
            let mixed = (u32::from(from) * (20 - step) + u32::from(to) * step) / 20;
            u8::try_from(mixed).unwrap_or(u8::MAX)
        };
        Self {
            red: mix(self.red, end.red),
            green: mix(self.green, end.green),
            blue: mix(self.blue, end.blue),
        }
    }
}

impl FromStr for Colour {
    type Err = NoColour;
    fn from_str(text: &str) -> Result<Self, NoColour> {
        let wrong = || NoColour(text.chars().take(20).collect());
        let digits = text.strip_prefix('#').ok_or_else(wrong)?;
        let hexadecimal = digits.len() == 6 && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
        let number = u32::from_str_radix(digits, 16).ok();
        let number = number.filter(|_| hexadecimal).ok_or_else(wrong)?;
        let [_, red, green, blue] = number.to_be_bytes();
        Ok(Self { red, green, blue })
    }
}

impl TryFrom<String> for Colour {
    type Error = NoColour;
    fn try_from(text: String) -> Result<Self, NoColour> {
        text.parse()
    }
}

impl From<Colour> for String {
    fn from(colour: Colour) -> Self {
        colour.to_string()
    }
}

impl fmt::Display for Colour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{:02x}{:02x}{:02x}", self.red, self.green, self.blue)
    }
}

/// The light of each step of a channel in millionths (sRGB, IEC 61966-2-1).
#[rustfmt::skip]
static LINEAR: [u32; 256] = [
    0, 304, 607, 911, 1_214, 1_518, 1_821, 2_125, 2_428, 2_732, 3_035, 3_347, 3_677, 4_025, 4_391, 4_777,
    5_182, 5_605, 6_049, 6_512, 6_995, 7_499, 8_023, 8_568, 9_134, 9_721, 10_330, 10_960, 11_612, 12_286, 12_983, 13_702,
    14_444, 15_209, 15_996, 16_807, 17_642, 18_500, 19_382, 20_289, 21_219, 22_174, 23_153, 24_158, 25_187, 26_241, 27_321, 28_426,
    29_557, 30_713, 31_896, 33_105, 34_340, 35_601, 36_889, 38_204, 39_546, 40_915, 42_311, 43_735, 45_186, 46_665, 48_172, 49_707,
    51_269, 52_861, 54_480, 56_128, 57_805, 59_511, 61_246, 63_010, 64_803, 66_626, 68_478, 70_360, 72_272, 74_214, 76_185, 78_187,
    80_220, 82_283, 84_376, 86_500, 88_656, 90_842, 93_059, 95_307, 97_587, 99_899, 102_242, 104_616, 107_023, 109_462, 111_932, 114_435,
    116_971, 119_538, 122_139, 124_772, 127_438, 130_136, 132_868, 135_633, 138_432, 141_263, 144_128, 147_027, 149_960, 152_926, 155_926, 158_961,
    162_029, 165_132, 168_269, 171_441, 174_647, 177_888, 181_164, 184_475, 187_821, 191_202, 194_618, 198_069, 201_556, 205_079, 208_637, 212_231,
    215_861, 219_526, 223_228, 226_966, 230_740, 234_551, 238_398, 242_281, 246_201, 250_158, 254_152, 258_183, 262_251, 266_356, 270_498, 274_677,
    278_894, 283_149, 287_441, 291_771, 296_138, 300_544, 304_987, 309_469, 313_989, 318_547, 323_143, 327_778, 332_452, 337_164, 341_914, 346_704,
    351_533, 356_400, 361_307, 366_253, 371_238, 376_262, 381_326, 386_429, 391_572, 396_755, 401_978, 407_240, 412_543, 417_885, 423_268, 428_690,
    434_154, 439_657, 445_201, 450_786, 456_411, 462_077, 467_784, 473_531, 479_320, 485_150, 491_021, 496_933, 502_886, 508_881, 514_918, 520_996,
    527_115, 533_276, 539_479, 545_724, 552_011, 558_340, 564_712, 571_125, 577_580, 584_078, 590_619, 597_202, 603_827, 610_496, 617_207, 623_960,
    630_757, 637_597, 644_480, 651_406, 658_375, 665_387, 672_443, 679_542, 686_685, 693_872, 701_102, 708_376, 715_694, 723_055, 730_461, 737_910,
    745_404, 752_942, 760_525, 768_151, 775_822, 783_538, 791_298, 799_103, 806_952, 814_847, 822_786, 830_770, 838_799, 846_873, 854_993, 863_157,
    871_367, 879_622, 887_923, 896_269, 904_661, 913_099, 921_582, 930_111, 938_686, 947_307, 955_973, 964_686, 973_445, 982_251, 991_102, 1_000_000,
];

#[cfg(test)]
mod tests {
    use super::*;

    fn colour(text: &str) -> Colour {
        text.parse().unwrap()
    }

    #[test]
    fn contrasts_are_those_of_wcag() {
        for (one, two, hundredths) in [
            ("#ffffff", "#000000", 2100),
            ("#777777", "#ffffff", 447),
            ("#767676", "#ffffff", 454),
            ("#1d5a4c", "#ffffff", 800),
            ("#ff0000", "#ffffff", 399),
        ] {
            let found = colour(one).contrast(colour(two));
            assert!(found.abs_diff(hundredths) <= 8, "{one} on {two}: {found}");
            assert_eq!(found, colour(two).contrast(colour(one)));
        }
    }

    /// Every 15th step of each channel: whatever a shop chooses can be read.
    #[test]
    fn something_is_readable_on_and_as_every_colour() {
        let steps = || (0..=255_u8).step_by(15);
        let papers = [
            colour("#ffffff"),
            colour("#fbfaf7"),
            colour("#17191b"),
            colour("#212427"),
        ];
        for red in steps() {
            for green in steps() {
                for blue in steps() {
                    let it = Colour::new(red, green, blue);
                    assert!(it.readable_on_it().contrast(it) >= READABLE, "{it}");
                    for paper in papers {
                        assert!(it.as_ink_on(paper).contrast(paper) >= READABLE, "{it}");
                    }
                }
            }
        }
    }

    #[test]
    fn written_one_way() {
        assert_eq!(colour("#1D5A4C").to_string(), "#1d5a4c");
        for bad in [
            "", "#", "1d5a4c", "#1d5a4", "#1d5a4cc", "#+d5a4c", "#1d5a4g", "red", "#é5a4c",
        ] {
            assert!(bad.parse::<Colour>().is_err(), "{bad}");
        }
    }
}
