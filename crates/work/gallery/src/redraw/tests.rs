use image::{
    ImageEncoder as _, Rgb, Rgba, RgbaImage,
    codecs::{png::PngEncoder, webp::WebPEncoder},
    metadata::Orientation,
};

use super::*;

/// A picture whose upper half is red and lower half is blue, left of the middle darker.
fn scene(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, y| {
        let light = if x < width / 2 { 110 } else { 220 };
        if y < height / 2 {
            Rgb([light, 20, 20])
        } else {
            Rgb([20, 20, light])
        }
    })
}

fn png(image: &RgbImage) -> Vec<u8> {
    let mut out = Vec::new();
    image.write_with_encoder(PngEncoder::new(&mut out)).unwrap();
    out
}

fn jpeg(image: &RgbImage, exif: Option<Vec<u8>>) -> Vec<u8> {
    let mut out = Vec::new();
    let mut encoder = JpegEncoder::new_with_quality(&mut out, 90);
    if let Some(exif) = exif {
        encoder.set_exif_metadata(exif).unwrap();
    }
    image.write_with_encoder(encoder).unwrap();
    out
}

fn webp(image: &RgbImage) -> Vec<u8> {
    let mut out = Vec::new();
    image
        .write_with_encoder(WebPEncoder::new_lossless(&mut out))
        .unwrap();
    out
}

/// Both sizes, read back.
fn sizes(bytes: &[u8]) -> (RgbImage, RgbImage) {
    let (card, detail) = redrawn(bytes).unwrap().into_sizes();
    let read = |bytes: &[u8]| {
        assert_eq!(image::guess_format(bytes).unwrap(), ImageFormat::Jpeg);
        assert!(bytes.len() <= LARGEST);
        image::load_from_memory(bytes).unwrap().into_rgb8()
    };
    (read(&card), read(&detail))
}

/// The colour is about this one.
fn about(found: Rgb<u8>, expected: [u8; 3]) {
    let near = found.0.iter().zip(expected);
    let near = near.map(|(one, other)| one.abs_diff(other)).max();
    assert!(near.unwrap() < 24, "{found:?} is not {expected:?}");
}

fn refused(bytes: &[u8]) -> NotAPicture {
    redrawn(bytes).unwrap_err()
}

/// An IFD with the orientation, and the coordinates of a place (52.52 N) with a device's name.
fn exif(orientation: u8) -> Vec<u8> {
    let mut tiff = b"II*\0\x08\0\0\0".to_vec();
    tiff.extend([3, 0]);
    tiff.extend([0x12, 1, 3, 0, 1, 0, 0, 0, orientation, 0, 0, 0]);
    // The camera's name, at 50.
    tiff.extend([0x10, 1, 2, 0, 12, 0, 0, 0, 50, 0, 0, 0]);
    // The directory of the place, at 62.
    tiff.extend([0x25, 0x88, 4, 0, 1, 0, 0, 0, 62, 0, 0, 0]);
    tiff.extend([0, 0, 0, 0]);
    assert_eq!(tiff.len(), 50);
    tiff.extend(b"SecretCam 9\0");
    tiff.extend([1, 0]);
    tiff.extend([2, 0, 5, 0, 3, 0, 0, 0, 80, 0, 0, 0]);
    tiff.extend([0, 0, 0, 0]);
    for part in [52_u32, 31, 12] {
        tiff.extend(part.to_le_bytes());
        tiff.extend(1_u32.to_le_bytes());
    }
    tiff
}

fn contains(bytes: &[u8], text: &[u8]) -> bool {
    bytes.windows(text.len()).any(|window| window == text)
}

#[test]
fn every_format_is_drawn_anew_in_two_sizes() {
    let image = scene(1_600, 1_200);
    for bytes in [png(&image), jpeg(&image, None), webp(&image)] {
        let (card, detail) = sizes(&bytes);
        assert_eq!(card.dimensions(), (320, 240));
        assert_eq!(detail.dimensions(), (960, 720));
        about(*card.get_pixel(20, 20), [110, 20, 20]);
        about(*card.get_pixel(300, 220), [20, 20, 220]);
        about(*detail.get_pixel(900, 60), [220, 20, 20]);
    }
}

#[test]
fn a_small_picture_stays_as_small_as_it_is() {
    let (card, detail) = sizes(&png(&scene(200, 100)));
    assert_eq!(card.dimensions(), (200, 100));
    assert_eq!(detail.dimensions(), (200, 100));
    let (card, detail) = sizes(&png(&scene(100, 700)));
    assert_eq!(card.dimensions().1, 320);
    assert_eq!(detail.dimensions(), (100, 700));
}

#[test]
fn the_same_picture_is_the_same_bytes() {
    let bytes = png(&scene(400, 300));
    let (one, other) = (redrawn(&bytes).unwrap(), redrawn(&bytes).unwrap());
    assert_eq!(one.into_sizes(), other.into_sizes());
}

#[test]
fn what_can_be_seen_through_is_seen_on_white() {
    let mut image = RgbaImage::from_pixel(64, 64, Rgba([255, 0, 0, 0]));
    for (x, _, point) in image.enumerate_pixels_mut() {
        if x >= 32 {
            *point = Rgba([0, 0, 0, 128]);
        }
    }
    let mut bytes = Vec::new();
    PngEncoder::new(&mut bytes)
        .write_image(image.as_raw(), 64, 64, image::ExtendedColorType::Rgba8)
        .unwrap();
    let (card, _) = sizes(&bytes);
    about(*card.get_pixel(8, 32), [255, 255, 255]);
    about(*card.get_pixel(56, 32), [127, 127, 127]);
}

#[test]
fn where_and_with_what_it_was_taken_is_gone_and_which_way_is_up_is_kept() {
    let upright = jpeg(&scene(400, 200), Some(exif(1)));
    assert!(
        contains(&upright, b"SecretCam 9"),
        "the test has something to lose"
    );
    let (card, detail) = redrawn(&upright).unwrap().into_sizes();
    for bytes in [&card, &detail] {
        for lost in [&b"SecretCam"[..], b"Exif", b"II*\0"] {
            assert!(
                !contains(bytes, lost),
                "{:?}",
                String::from_utf8_lossy(lost)
            );
        }
    }
    // Taken with the camera turned: to be turned by a quarter.
    let turned = jpeg(&scene(400, 200), Some(exif(6)));
    assert_eq!(Orientation::from_exif(6), Some(Orientation::Rotate90));
    let (card, _) = sizes(&turned);
    assert_eq!(card.dimensions(), (160, 320));
    about(*card.get_pixel(140, 20), [110, 20, 20]);
}

#[test]
fn what_stands_behind_the_end_is_gone() {
    let mut polyglot = jpeg(&scene(100, 100), None);
    polyglot.extend(b"<script>alert(1)</script>PK\x03\x04<html>");
    let (card, detail) = redrawn(&polyglot).unwrap().into_sizes();
    for bytes in [card, detail] {
        assert!(!contains(&bytes, b"<script>") && !contains(&bytes, b"PK\x03\x04"));
    }
}

#[test]
fn what_is_no_picture_is_called_what_it_is() {
    let svg = "<?xml version=\"1.0\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>";
    for (bytes, expected) in [
        (svg.as_bytes(), NotAPicture::Drawing),
        (b"\xef\xbb\xbf  <SVG onload=alert(1)>", NotAPicture::Drawing),
        (
            b"<!DOCTYPE html><img src=x onerror=alert(1)>",
            NotAPicture::Page,
        ),
        (b"\n<html><body>Not found</body></html>", NotAPicture::Page),
        (b"GIF89a\x01\0\x01\0\0\0\0;", NotAPicture::Unknown),
        (b"BM\x46\0\0\0\0\0\0\0", NotAPicture::Unknown),
        (b"", NotAPicture::Unknown),
        (b"\xff\xd8\xff", NotAPicture::Broken),
        (b"\x89PNG\r\n\x1a\n", NotAPicture::Broken),
    ] {
        assert_eq!(
            refused(bytes),
            expected,
            "{}",
            String::from_utf8_lossy(bytes)
        );
    }
    assert_eq!(refused(&png(&scene(1, 1))), NotAPicture::TooSmall);
    assert_eq!(refused(&png(&scene(200, 8))), NotAPicture::TooSmall);
    assert_eq!(
        refused(&vec![0; LARGEST_FILE + 1]),
        NotAPicture::FileTooLarge
    );
}

#[test]
fn a_picture_that_was_cut_off_is_refused_or_ends_early_and_never_panics() {
    let image = scene(300, 200);
    for whole in [png(&image), jpeg(&image, None), webp(&image)] {
        for end in (0..whole.len()).step_by(97) {
            let cut = whole.get(..end).unwrap();
            if let Ok(redrawn) = redrawn(cut) {
                let (card, _) = redrawn.into_sizes();
                assert!(image::load_from_memory(&card).is_ok());
            }
        }
    }
    for whole in [png(&image), jpeg(&image, Some(exif(1))), webp(&image)] {
        for end in [whole.len() / 2, whole.len() - 20] {
            assert_eq!(refused(whole.get(..end).unwrap()), NotAPicture::Broken);
        }
    }
}

/// A few hundred bytes that claim to be a picture of thousands of millions of points.
#[test]
fn a_picture_that_would_fill_the_memory_is_refused_by_its_head() {
    let mut bomb = png(&scene(32, 32));
    for (width, height) in [
        (60_000_u32, 60_000_u32),
        (9_999, 9_999),
        (10_001, 30),
        (u32::MAX, 1),
        (u32::MAX, u32::MAX),
    ] {
        bomb.splice(16..24, [width.to_be_bytes(), height.to_be_bytes()].concat());
        let head = bomb.get(12..29).unwrap();
        let sum = crc(head).to_be_bytes();
        bomb.splice(29..33, sum);
        let found = refused(&bomb);
        assert!(
            matches!(found, NotAPicture::TooLarge | NotAPicture::Broken),
            "{width} × {height}: {found:?}"
        );
    }
}

/// The same of the other two formats.
#[test]
fn what_the_head_claims_is_looked_at_in_every_format() {
    // A start of frame that says 65,535 points each way, and a WebP without loss of 16,000: 36 bytes.
    assert_eq!(
        refused(&grey_jpeg(u16::MAX, u16::MAX, 1)),
        NotAPicture::TooLarge
    );
    let side = 15_999_u32;
    let head = (side | (side << 14)).to_le_bytes();
    let mut points = b"VP8L\x0f\0\0\0\x2f".to_vec();
    points.extend(head);
    points.extend([0x88, 0x88, 0x08, 0, 0, 0, 0, 0, 0, 0, 0]);
    let mut bomb = b"RIFF".to_vec();
    bomb.extend(u32::try_from(points.len() + 4).unwrap().to_le_bytes());
    bomb.extend(b"WEBP");
    bomb.extend(points);
    assert_eq!(refused(&bomb), NotAPicture::TooLarge);
}

/// A JPEG can be drawn in layers, each of which goes over all of the picture for a dozen bytes: a file of
/// 4 MiB could keep a core for minutes.
#[test]
fn a_picture_of_endless_layers_is_refused() {
    assert!(redrawn(&grey_jpeg(64, 64, 20)).is_ok());
    assert_eq!(refused(&grey_jpeg(64, 64, 1_000)), NotAPicture::Broken);
}

/// A progressive JPEG of one grey, whose empty layers are there so many times.
fn grey_jpeg(width: u16, height: u16, layers: usize) -> Vec<u8> {
    fn segment(out: &mut Vec<u8>, kind: u8, data: &[u8]) {
        out.extend([0xff, kind]);
        out.extend(u16::try_from(data.len() + 2).unwrap().to_be_bytes());
        out.extend(data);
    }
    let mut out = vec![0xff, 0xd8];
    let mut quantities = vec![0];
    quantities.extend([1; 64]);
    segment(&mut out, 0xdb, &quantities);
    let ([tall, short], [wide, narrow]) = (height.to_be_bytes(), width.to_be_bytes());
    let frame = [8, tall, short, wide, narrow, 1, 1, 0x11, 0];
    segment(&mut out, 0xc2, &frame);
    // `0` says that nothing changes; in the layers, `0` and 14 bits end so many blocks at once.
    let table = |class: u8, symbol: u8| {
        let mut table = vec![class, 1];
        table.extend([0; 15]);
        table.push(symbol);
        table
    };
    segment(&mut out, 0xc4, &table(0x00, 0x00));
    segment(&mut out, 0xc4, &table(0x10, 0xe0));
    segment(&mut out, 0xda, &[1, 1, 0, 0, 0, 0]);
    out.extend([0; 9]);
    for layer in 0..layers {
        let refines = if layer == 0 { 0x01 } else { 0x10 };
        segment(&mut out, 0xda, &[1, 1, 0, 1, 63, refines]);
        out.extend([0; 2]);
    }
    out.extend([0xff, 0xd9]);
    out
}

/// The check of a PNG's chunk.
fn crc(bytes: &[u8]) -> u32 {
    let table = |byte: u32| {
        (0..8).fold(byte, |sum, _| {
            (sum >> 1) ^ if sum & 1 == 1 { 0xedb8_8320 } else { 0 }
        })
    };
    !bytes.iter().fold(u32::MAX, |sum, byte| {
        (sum >> 8) ^ table((sum ^ u32::from(*byte)) & 0xff)
    })
}
