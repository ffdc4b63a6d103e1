//! TLS 1.3 only, with the post-quantum hybrid X25519MLKEM768 offered first.

use std::{path::Path, sync::Arc};

use anyhow::Context;
use rustls::{
    ServerConfig,
    crypto::aws_lc_rs,
    pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject},
    version::TLS13,
};
use web::addresses::Origin;

use crate::config::{Tls, TlsMode};

/// The TLS configuration, or `None` for plain HTTP.
pub(crate) fn server_config(
    data: &Path,
    tls: &Tls,
    origin: &Origin,
) -> anyhow::Result<Option<Arc<ServerConfig>>> {
    let (certificate, key) = match tls.mode {
        TlsMode::Off => return Ok(None),
        TlsMode::Files => (
            files::text::read(&data.join(&tls.certificate))?,
            files::text::read_secret(&data.join(&tls.key))?,
        ),
        TlsMode::Development => development(data, origin)?,
    };
    let chain: Result<Vec<CertificateDer<'static>>, _> =
        CertificateDer::pem_slice_iter(certificate.as_bytes()).collect();
    let chain = chain.context("`server.tls.certificate` is not a PEM certificate chain")?;
    let key = PrivateKeyDer::from_pem_slice(key.expose().as_bytes())
        .context("`server.tls.key` is not a PEM private key")?;
    let mut config = ServerConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()))
        .with_protocol_versions(&[&TLS13])?
        .with_no_client_auth()
        .with_single_cert(chain, key)
        .context("the certificate and the key do not belong together")?;
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    Ok(Some(Arc::new(config)))
}

/// A self-signed certificate for the public host, made once and kept.
fn development(data: &Path, origin: &Origin) -> anyhow::Result<(String, terms::Secret<String>)> {
    let directory = data.join("tls");
    let (certificate, key) = (
        directory.join("development.pem"),
        directory.join("development.key"),
    );
    if !key.exists() || !certificate.exists() {
        let host = origin
            .host()
            .rsplit_once(':')
            .map_or(origin.host(), |(host, _)| host)
            .to_owned();
        let made = rcgen::generate_simple_self_signed(vec![host])
            .context("no development certificate could be made")?;
        let pem = terms::Secret::new(made.signing_key.serialize_pem());
        files::text::make_private_directory(&directory)?;
        files::text::write_new(&certificate, &made.cert.pem())?;
        files::text::write_new(&key, pem.expose())?;
    }
    Ok((
        files::text::read(&certificate)?,
        files::text::read_secret(&key)?,
    ))
}
