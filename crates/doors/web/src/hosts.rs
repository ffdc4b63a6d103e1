//! Which host is asked, and who is asking: requests for other hosts and unsafe requests from other
//! sites are refused before any handler runs (D10, D11; DNS rebinding).

use axum::{
    extract::{Request, State},
    http::{HeaderMap, Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};

use crate::{cookies, house::House, problem::Problem};

/// The header a page of ours sends with every unsafe request; another site's page cannot.
pub(crate) const OWN_HEADER: &str = "x-parlour";

/// Where browsers report breaches of the content policy.
pub(crate) const REPORTS: &str = "/csp-reports";

/// The host a request names: the `Host` header, the absolute form's or HTTP/2's authority. Whoever
/// names two gets neither (RFC 9112 section 3.2), so that no proxy and we can disagree.
pub(crate) fn host_of(request: &Request) -> Result<Option<String>, Problem> {
    let mut headers = request.headers().get_all(header::HOST).iter();
    let header = headers
        .next()
        .map(|host| String::from_utf8_lossy(host.as_bytes()).to_ascii_lowercase());
    let named = request
        .uri()
        .authority()
        .map(|authority| authority.as_str().to_ascii_lowercase());
    let disagree = matches!((&named, &header), (Some(named), Some(header)) if named != header);
    if headers.next().is_some() || disagree {
        return Err(Problem::new(
            StatusCode::BAD_REQUEST,
            "bad_host",
            "the request names its host twice",
        ));
    }
    Ok(named.or(header))
}

/// Refuses unsafe requests that another site's page can have made.
///
/// Three independent checks: the browser's `Sec-Fetch-Site`, the `Origin`, and, when a cookie is
/// what authenticates, a header that only a page of ours can set.
pub(crate) async fn own_pages_only(
    State(house): State<House>,
    request: Request,
    next: Next,
) -> Response {
    // A browser sends its reports by itself and can set no header on them; they change nothing.
    let report = request.uri().path() == REPORTS;
    if is_unsafe(request.method())
        && !report
        && let Err(problem) = check(&house, request.headers())
    {
        return problem.into_response();
    }
    next.run(request).await
}

fn check(house: &House, headers: &HeaderMap) -> Result<(), Problem> {
    let refuse = |detail: &str| Err(Problem::new(StatusCode::FORBIDDEN, "cross_site", detail));
    if let Some(site) = headers.get("sec-fetch-site")
        && !matches!(site.as_bytes(), b"same-origin" | b"none")
    {
        return refuse("unsafe requests are accepted from Parlour's own pages only");
    }
    if let Some(origin) = headers.get(header::ORIGIN)
        && origin.as_bytes() != house.settings.public_origin.to_string().as_bytes()
    {
        return refuse("the `Origin` is not Parlour's own");
    }
    let by_cookie = !headers.contains_key(header::AUTHORIZATION) && cookies::has_any(headers);
    if by_cookie && !headers.contains_key(OWN_HEADER) {
        return refuse("a request with a cookie needs the header `X-Parlour: 1`");
    }
    Ok(())
}

fn is_unsafe(method: &Method) -> bool {
    !matches!(
        *method,
        Method::GET | Method::HEAD | Method::OPTIONS | Method::TRACE
    )
}
