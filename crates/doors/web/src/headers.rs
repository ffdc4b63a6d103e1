//! Security headers on every response, errors included (ASVS 3.4; D04, D09, D10, D21).

use axum::{
    extract::Request,
    http::{HeaderName, HeaderValue, header},
    middleware::Next,
    response::Response,
};

/// Nothing may be loaded, framed or submitted: what an API answer needs.
pub(crate) const API_POLICY: &str =
    "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'; sandbox";

/// A page with its own scripts and styles, and nothing from elsewhere. `FRAME` stands for who may
/// frame it.
pub(crate) fn page_policy(frame_ancestors: &str) -> HeaderValue {
    let policy = format!(
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; \
         form-action 'self'; base-uri 'none'; object-src 'none'; frame-ancestors {frame_ancestors}; \
         require-trusted-types-for 'script'; trusted-types 'none'; report-uri /csp-reports"
    );
    HeaderValue::from_str(&policy).unwrap_or(HeaderValue::from_static(API_POLICY))
}

/// The policy of a page that holds frames of our own.
pub(crate) fn with_own_frames(policy: &HeaderValue) -> HeaderValue {
    let policy = policy.to_str().unwrap_or(API_POLICY);
    HeaderValue::from_str(&format!("{policy}; frame-src 'self'"))
        .unwrap_or(HeaderValue::from_static(API_POLICY))
}

const FIXED: [(HeaderName, &str); 4] = [
    (
        header::STRICT_TRANSPORT_SECURITY,
        "max-age=63072000; includeSubDomains",
    ),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "no-referrer"),
    (
        HeaderName::from_static("permissions-policy"),
        "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), \
         magnetometer=(), microphone=(), midi=(), payment=(), usb=(), browsing-topics=()",
    ),
];

/// Whether a window keeps its opener. `same-origin` but for the passkey window, which answers the frame that
/// opened it, and the demo's shop pages, which hold that frame.
pub(crate) const OPENER_POLICY: HeaderName = HeaderName::from_static("cross-origin-opener-policy");

pub(crate) const CORP: HeaderName = HeaderName::from_static("cross-origin-resource-policy");

/// Puts the headers on a response. A handler may have set a wider policy of content or caching;
/// what it did not set is closed.
pub(crate) async fn secure(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    for (name, value) in FIXED {
        headers.insert(name, HeaderValue::from_static(value));
    }
    for (name, value) in [
        (header::CONTENT_SECURITY_POLICY, API_POLICY),
        (header::CACHE_CONTROL, "no-store"),
        (CORP, "same-origin"),
        (OPENER_POLICY, "same-origin"),
    ] {
        headers
            .entry(name)
            .or_insert(HeaderValue::from_static(value));
    }
    response
}
