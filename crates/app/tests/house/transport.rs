//! TLS 1.3 with the post-quantum hybrid, and nothing below it.

use std::{
    fs,
    io::{Read as _, Write as _},
    net::TcpStream,
    path::Path,
    sync::Arc,
};

use rustls::{
    ClientConfig, ClientConnection, NamedGroup, ProtocolVersion, RootCertStore, StreamOwned,
    crypto::{CryptoProvider, aws_lc_rs},
    pki_types::{CertificateDer, ServerName, pem::PemObject as _},
};

use crate::support::{
    http::{Answer, Client, Failure, read_answer},
    program::{Node, Settings, Site, write_private},
};

#[test]
fn the_development_certificate_serves_the_post_quantum_hybrid() {
    let site = Site::new(Settings {
        tls: "tls.mode = \"development\"",
        ..Settings::default()
    });
    let node = site.node("node");
    let mut process = node.start();
    let certificate = site.data().join("tls/development.pem");
    speaks_tls(&node, &certificate);
    let kept = fs::read(&certificate).unwrap();
    process.kill();
    let _process = node.start();
    assert_eq!(
        fs::read(&certificate).unwrap(),
        kept,
        "made anew at every start"
    );
    speaks_tls(&node, &certificate);
}

#[test]
fn a_certificate_of_ones_own_is_served() {
    let site = Site::new(Settings {
        tls: "tls = { mode = \"files\", certificate = \"../own.pem\", key = \"../own.key\" }",
        ..Settings::default()
    });
    let made = rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]).unwrap();
    fs::write(site.path("own.pem"), made.cert.pem()).unwrap();
    let key = site.path("own.key");
    fs::write(&key, made.signing_key.serialize_pem()).unwrap();
    let node = site.node("node");
    let loose = node.refused();
    assert_eq!(loose.code, 3, "{}", loose.err);
    assert!(
        loose.err.contains("own.key") && loose.err.contains("chmod 600"),
        "{}",
        loose.err
    );

    fs::remove_file(&key).unwrap();
    write_private(&key, &made.signing_key.serialize_pem());
    let _process = node.start();
    speaks_tls(&node, &site.path("own.pem"));
}

/// TLS 1.3 with each of the groups alone, the hybrid when the client prefers it too; no TLS 1.2; no
/// plain HTTP.
fn speaks_tls(node: &Node, certificate: &Path) {
    let hybrid = NamedGroup::X25519MLKEM768;
    for (offered, agreed) in [
        (&[hybrid][..], hybrid),
        (&[hybrid, NamedGroup::X25519], hybrid),
        (&[NamedGroup::X25519], NamedGroup::X25519),
    ] {
        let (answer, version, group) = ask(&node.client(), certificate, offered);
        assert_eq!(answer.status, 200, "{}", answer.text());
        assert_eq!(version, ProtocolVersion::TLSv1_3);
        assert_eq!(group, agreed, "offered {offered:?}");
    }
    refuses_tls_1_2(node);
    match node.client().send("GET", "/healthz", None) {
        Ok(answer) => assert!(
            answer.status >= 400,
            "plain HTTP was answered: {}",
            answer.text()
        ),
        Err(Failure::Cut | Failure::NotSent) => {}
    }
}

fn ask(
    client: &Client,
    certificate: &Path,
    groups: &[NamedGroup],
) -> (Answer, ProtocolVersion, NamedGroup) {
    let mut roots = RootCertStore::empty();
    let pem = fs::read(certificate).unwrap();
    roots
        .add(CertificateDer::from_pem_slice(&pem).unwrap())
        .unwrap();
    let all = aws_lc_rs::ALL_KX_GROUPS.iter().copied();
    let mut chosen: Vec<_> = all.filter(|group| groups.contains(&group.name())).collect();
    chosen.sort_by_key(|group| groups.iter().position(|wanted| *wanted == group.name()));
    assert_eq!(chosen.len(), groups.len());
    let provider = CryptoProvider {
        kx_groups: chosen,
        ..aws_lc_rs::default_provider()
    };
    let config = ClientConfig::builder_with_provider(Arc::new(provider))
        .with_protocol_versions(&[&rustls::version::TLS13])
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    let name = ServerName::try_from("localhost").unwrap();
    let connection = ClientConnection::new(Arc::new(config), name).unwrap();
    let mut stream = StreamOwned::new(connection, TcpStream::connect(client.at).unwrap());
    stream
        .write_all(&client.request("GET", "/healthz", None, &[]))
        .unwrap();
    let answer = read_answer(&mut stream).unwrap();
    let version = stream.conn.protocol_version().unwrap();
    let group = stream.conn.negotiated_key_exchange_group().unwrap().name();
    (answer, version, group)
}

/// Sends the first message of a client that knows TLS 1.2 only (RFC 5246 section 7.4.1.2) and
/// demands the alert `protocol_version`.
fn refuses_tls_1_2(node: &Node) {
    let extensions: &[u8] = &[
        0, 10, 0, 6, 0, 4, 0, 29, 0, 23, // supported groups: X25519, P-256
        0, 11, 0, 2, 1, 0, // point formats
        0, 13, 0, 8, 0, 6, 4, 3, 8, 4, 4, 1, // signature algorithms
    ];
    let mut body = vec![3, 3];
    body.extend([7; 32]);
    body.push(0);
    // ECDHE with ECDSA or RSA, and AES-GCM.
    body.extend([0, 6, 0xc0, 0x2b, 0xc0, 0x2f, 0xc0, 0x30]);
    body.extend([1, 0]);
    body.extend(two(extensions.len()));
    body.extend(extensions);
    let mut record = vec![22, 3, 1];
    record.extend(two(body.len() + 4));
    record.extend([1, 0]);
    record.extend(two(body.len()));
    record.extend(body);

    let mut stream = TcpStream::connect(node.client().at).unwrap();
    stream.write_all(&record).unwrap();
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer);
    // A record of kind alert: fatal, protocol_version.
    assert_eq!(answer.first(), Some(&21), "{answer:?}");
    assert_eq!(answer.get(5..7), Some(&[2, 70][..]), "{answer:?}");
}

fn two(length: usize) -> [u8; 2] {
    u16::try_from(length).unwrap().to_be_bytes()
}
