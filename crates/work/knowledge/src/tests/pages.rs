//! HTML pages as Markdown: the page's own words and no others, whatever the page is like.

use crate::import::{Imported, Media, read};

fn html(text: &str) -> Imported {
    read(Media::Html, text)
}

#[test]
fn a_page_of_a_shop() {
    let page = html(
        r#"<!doctype html><html><head><title>Returns &ndash; Linden</title>
        <style>.x{color:red}</style><script>alert("no")</script></head>
        <body><header><a href="/">Linden</a></header><nav><ul><li>Shop</li><li>Sale</li></ul></nav>
        <main><h1>Returning goods</h1>
        <p>You can send back <strong>anything</strong> within <em>30&nbsp;days</em>, at
        no cost.</p><script>document.write("evil")</script>
        <h2>How it works</h2><ol><li>Write to us</li><li>Get a <b>label</b></li></ol>
        <ul><li><p>Furniture is collected</p></li><li>Candles are <i>not</i> taken back</li></ul>
        <table><thead><tr><th>Country</th><th>Price</th></tr></thead>
        <tbody><tr><td>Germany</td><td>&euro;0</td></tr></tbody></table>
        <p>See <a href="https://shop.example/terms">our terms</a> or <a href="javascript:alert(1)">this</a>.</p>
        <aside>Buy now!</aside></main><footer>© Linden</footer></body></html>"#,
    );
    assert_eq!(page.title, "Returning goods");
    assert_eq!(
        page.markdown,
        "You can send back **anything** within *30 days*, at no cost.\n\n\
         ## How it works\n\n1. Write to us\n2. Get a **label**\n\n\
         - Furniture is collected\n- Candles are *not* taken back\n\n\
         - Country · Price\n- Germany · €0\n\n\
         See [our terms](https://shop.example/terms) or this."
    );
}

#[test]
fn what_nobody_sees_is_left_out() {
    for hidden in [
        "<script>EVIL</script>",
        "<script type='text/plain'>EVIL</script>",
        "<SCRIPT>EVIL</SCRIPT>",
        "<script><!-- EVIL --></script>",
        "<style>EVIL</style>",
        "<template>EVIL</template>",
        "<noscript>EVIL</noscript>",
        "<iframe>EVIL</iframe>",
        "<textarea>EVIL</textarea>",
        "<svg><text>EVIL</text></svg>",
        "<object>EVIL</object>",
        "<select><option>EVIL</select>",
        "<!-- EVIL -->",
        "<!--><p hidden>EVIL</p>",
        "<p hidden>EVIL</p>",
        "<p hidden>EVIL",
        "<div hidden><div>x</div>EVIL</div>",
        "<div hidden=until-found>EVIL</div>",
        "<div aria-hidden=TRUE>EVIL</div>",
        "<div style='display:none'>EVIL</div>",
        "<div style='color:red; DISPLAY : none !important'>EVIL</div>",
        "<div style=visibility:hidden>EVIL</div>",
        "<div style='opacity:0.0'>EVIL</div>",
        "<div style='font-size:0px'>EVIL</div>",
        "<div style='position:absolute;left:-9999px'>EVIL</div>",
        "<div style='text-indent:-9999px'>EVIL</div>",
        "<div style='clip-path:inset(100%)'>EVIL</div>",
        "<span class='x sr-only'>EVIL</span>",
        "<dialog>EVIL</dialog>",
        "<nav>EVIL</nav>",
        "<div role=navigation>EVIL</div>",
        "<form><label>EVIL</label></form>",
        "<button>EVIL</button>",
        "<img alt='EVIL' src='https://evil.example/?q=EVIL'>",
        "<input type=hidden value=EVIL>",
        "<a href='https://evil.example/a(b)EVIL'></a>",
        "<p title='EVIL' data-x='EVIL'></p>",
        "<plaintext>EVIL",
    ] {
        for page in [
            format!("<body><p>Good.</p>{hidden}"),
            format!("<main><h1>T</h1><p>Good.</p>{hidden}</main>"),
            format!("{hidden}<p>Good.</p>"),
        ] {
            let read = html(&page);
            let all = format!("{} {}", read.title, read.markdown);
            assert!(!all.contains("EVIL"), "{page}: {all}");
            // An element without an end takes the rest with it: words are lost, none is gained.
            let ends = !hidden.starts_with("<plaintext");
            assert!(!ends || all.contains("Good."), "{page}: {all}");
        }
    }
}

#[test]
fn markup_in_words_stays_words() {
    let page = html("<p>a &lt;script&gt;alert(1)&lt;/script&gt; b</p>");
    assert_eq!(page.markdown, "a <script>alert(1)</script> b");
}

#[test]
fn odd_pages_are_read_to_their_end() {
    for page in [
        String::new(),
        "<".to_owned(),
        "<main>".to_owned(),
        "</main></p></div>".to_owned(),
        "<li>one<li>two".to_owned(),
        "<b>open <i>and <a href='https://shop.example'>open".to_owned(),
        "<h1></h1><h1>  </h1>".to_owned(),
        "<table><td>a<td>b<tr><td>c".to_owned(),
        "<title>".to_owned(),
        "&#x202e;&#0;&nosuch;".to_owned(),
        "\u{feff}<p>mark".to_owned(),
        "<div>".repeat(100_000),
        "<p hidden>".repeat(100_000),
        "<b>x".repeat(50_000),
        "<ul><li>".repeat(20_000),
        "<a href=https://shop.example>".repeat(20_000),
        format!("<p {}>x", "a=b ".repeat(50_000)),
    ] {
        let _ = html(&page);
    }
    assert_eq!(html("<li>one<li>two").markdown, "- one\n- two");
    assert_eq!(html("<p>one<p>two").markdown, "one\n\ntwo");
    assert_eq!(html("no markup").markdown, "no markup");
}

#[test]
fn markdown_and_plain_files() {
    let read_ = |media, text| read(media, text);
    let page = read_(Media::Markdown, "# Parking\n\nBehind the shop.\n");
    assert_eq!(page.title, "Parking");
    assert_eq!(page.markdown, "Behind the shop.");
    let page = read_(Media::Plain, "# 1 place to park");
    assert_eq!(
        (page.title.as_str(), page.markdown.as_str()),
        ("", "# 1 place to park")
    );
}

/// Staff may be led to a page that was written to be slow: each of these took minutes, and none shows
/// more than its own words.
#[test]
fn no_page_takes_long() {
    let attributes: String = (0..40_000).map(|number| format!("a{number:x} ")).collect();
    let long = "words ".repeat(30_000);
    for page in [
        format!("{long}{}", "</h1>".repeat(40_000)),
        format!("{long}{}", "</b></a></i>".repeat(16_000)),
        "<p>".repeat(60_000),
        "<li><b><i>".repeat(30_000),
        "<ul>".repeat(40_000),
        "<h1>x".repeat(40_000),
        "<a href=https://a>".repeat(20_000),
        "<td>".repeat(40_000),
        format!("<!-- {attributes}"),
        "<".repeat(200_000),
        "&".repeat(200_000),
        "&#x200b;".repeat(25_000),
    ] {
        let markdown = read(Media::Html, &page).markdown;
        let head: String = page.chars().take(30).collect();
        assert!(
            markdown.len() <= 2 * page.len(),
            "{head}: {}",
            markdown.len()
        );
    }
    // A tag of so many attributes is not read to its end, and nothing behind it is.
    for page in [
        format!("<p>Before.</p><p {attributes}>x</p>"),
        format!("<p>Before.</p><p {}>x</p>", attributes.replace(' ', "/")),
    ] {
        assert_eq!(read(Media::Html, &page).markdown, "Before.");
    }
    // What a page holds behind a picture of its own is read.
    let picture = "iVBORw0KGgoAAAANSUhEUgAAAAUAAAAFCAYAAACNbyblAAAAHElEQVQI12P4/8+".repeat(7_000);
    let page = format!("<img src=\"data:image/png;base64,{picture}\"><p>Behind it.</p>");
    assert_eq!(read(Media::Html, &page).markdown, "Behind it.");
}
