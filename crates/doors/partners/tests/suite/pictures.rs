//! Fetching pictures: the same door as for pages, and whatever a server sends instead of a picture.

use std::{
    thread,
    time::{Duration, Instant},
};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use gallery::{Fetched, NotFetched, Pictures, redraw};
use partners::pictures::WebPictures;

use crate::pages::Server;

/// A square of 32 points, of one colour.
const PNG: &str = "iVBORw0KGgoAAAANSUhEUgAAACAAAAAgCAIAAAD8GO2jAAAAKklEQVR42mPYEmVDU8QwasGoBaMWjFow\
     asGoBaMWjFowasGoBaMWDBULAEE6KExGvp6CAAAAAElFTkSuQmCC";

fn sending(head: &'static str, body: Vec<u8>) -> Server {
    Server::answering(move |stream| {
        let _ = write!(stream, "HTTP/1.1 {head}\r\nconnection: close\r\n\r\n");
        let _ = stream.write_all(&body);
    })
}

async fn fetch(server: &Server) -> Result<Fetched, NotFetched> {
    let authority = format!("127.0.0.1:{}", server.address.port());
    let address = format!("http://{authority}/picture.jpg");
    WebPictures::with_this_machine()
        .fetch(&address, &[authority])
        .await
}

/// Why what a server sent is not shown, wherever it was found out.
async fn refused(server: &Server) -> String {
    match fetch(server).await {
        Ok(Fetched(bytes)) => redraw::redrawn(&bytes).unwrap_err().to_string(),
        Err(error) => error.to_string(),
    }
}

#[tokio::test]
async fn a_picture_is_what_its_bytes_say_whatever_it_is_called() {
    let png = STANDARD.decode(PNG).unwrap();
    for head in [
        "200 OK\r\ncontent-type: image/png",
        "200 OK\r\ncontent-type: application/octet-stream",
        "200 OK\r\ncontent-type: text/html",
        "200 OK",
    ] {
        let server = sending(head, png.clone());
        let Fetched(bytes) = fetch(&server).await.unwrap();
        assert!(redraw::redrawn(&bytes).is_ok(), "{head}");
    }
}

#[tokio::test]
async fn what_is_sent_instead_of_a_picture_is_refused_for_its_reason() {
    let png = STANDARD.decode(PNG).unwrap();
    let image = "200 OK\r\ncontent-type: image/jpeg";
    let cut = png[..png.len() / 2].to_vec();
    for (head, body, because) in [
        (
            image,
            b"<html><script>alert(1)</script></html>".to_vec(),
            "web page",
        ),
        (
            image,
            b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>".to_vec(),
            "SVG",
        ),
        (
            image,
            b"GIF89a\x01\0\x01\0".to_vec(),
            "no JPEG, PNG or WebP",
        ),
        (image, Vec::new(), "no JPEG, PNG or WebP"),
        (image, cut, "broken or cut off"),
        (image, vec![0xff; 5 * 1024 * 1024], "larger than 4 MiB"),
        (
            "200 OK\r\ncontent-type: image/png\r\ncontent-length: 99999999",
            png.clone(),
            "larger than 4 MiB",
        ),
        ("404 Not Found", png.clone(), "answered 404"),
        ("204 No Content", Vec::new(), "answered 204"),
        (
            "302 Found\r\nlocation: http://10.0.0.1/a.png",
            png.clone(),
            "another address on `10.0.0.1`",
        ),
        ("nonsense", png.clone(), "gave"),
    ] {
        let server = sending(head, body);
        let sentence = refused(&server).await;
        assert!(sentence.contains(because), "{head}: {sentence}");
        assert_eq!(server.asked(), 1);
    }
}

#[tokio::test]
async fn nothing_is_called_but_hosts_of_the_shop_on_the_open_internet() {
    let server = sending("200 OK", STANDARD.decode(PNG).unwrap());
    let port = server.address.port();
    let here = format!("http://127.0.0.1:{port}/a.png");
    let hosts = [format!("127.0.0.1:{port}"), "10.0.0.1".to_owned()];
    for (address, because) in [
        (here.as_str(), "only `https`"),
        ("https://10.0.0.1/a.png", "not on the open Internet"),
        ("https://evil.example/a.png", "is not a host of this shop"),
        ("ftp://10.0.0.1/a.png", "only `https`"),
        ("https://10.0.0.1:8443/a.png", "only the usual port"),
        ("https://me:secret@10.0.0.1/a.png", "name or a password"),
        ("a.png", "not a web address"),
    ] {
        let answer = WebPictures::new().fetch(address, &hosts).await;
        let sentence = answer.unwrap_err().to_string();
        assert!(sentence.contains(because), "{address}: {sentence}");
    }
    assert_eq!(server.asked(), 0);
}

#[tokio::test]
async fn a_slow_picture_is_given_up() {
    let server = Server::answering(|stream| {
        let _ = write!(stream, "HTTP/1.1 200 OK\r\ncontent-type: image/png\r\n\r\n");
        while stream.write_all(b"x").and_then(|()| stream.flush()).is_ok() {
            thread::sleep(Duration::from_millis(300));
        }
    });
    let begun = Instant::now();
    assert!(fetch(&server).await.is_err());
    assert!(begun.elapsed() < Duration::from_secs(60), "it was given up");
}
