//! What the assistant answers from: documents that staff write, import and try out.

use axum::{Json, extract::State};
use guard::gate::Block;
use identity::actions::{ReadKnowledge, WriteKnowledge};
use journey::library::{ImportedDocument, Written};
use knowledge::{
    Audience,
    import::{Imported, Media},
};
use serde::{Deserialize, Serialize};
use store::{documents::DocumentRow, passages::PassageKind};
use terms::{DocumentId, Untrusted};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::{
    blocks::BlockView,
    extract::{Asked, Body, Ids, Permitted, at_most},
    house::House,
    problem::{Problem, ProblemDetails},
    views::moment,
};

/// Bytes of a body that holds a whole document: JSON spells some characters with six.
pub(crate) const LONG_TEXT: usize = 4 * 1024 * 1024;

const DOCUMENTS: &str = "/v1/staff/knowledge/documents/";

/// Whether a path is one that whole documents are sent to.
pub(crate) fn takes_long_texts(path: &str) -> bool {
    path.starts_with(DOCUMENTS)
        || matches!(
            path,
            "/v1/staff/knowledge/preview" | "/v1/staff/knowledge/import"
        )
}

/// Characters of a document that a list shows.
const EXCERPT: usize = 160;

#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum KindName {
    Policy,
    Faq,
    Page,
}

impl From<KindName> for PassageKind {
    fn from(name: KindName) -> Self {
        match name {
            KindName::Policy => Self::Policy,
            KindName::Faq => Self::Faq,
            KindName::Page => Self::Page,
        }
    }
}

#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum AudienceName {
    Everyone,
    Staff,
}

impl From<AudienceName> for Audience {
    fn from(name: AudienceName) -> Self {
        match name {
            AudienceName::Everyone => Self::Everyone,
            AudienceName::Staff => Self::Staff,
        }
    }
}

/// Which documents.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct Looked {
    /// Only documents with all of these words, or parts of words.
    #[serde(default)]
    #[param(max_length = 200)]
    words: String,
}

/// What the assistant answers from.
#[derive(Serialize, ToSchema)]
pub(crate) struct ShelfView {
    /// What staff wrote, changed last first.
    documents: Vec<SummaryView>,
    /// What the shop's own system exports, by title. It is changed there.
    imported: Vec<ImportedView>,
    /// How many messages of shoppers found no answer, 500 at most.
    unanswered: usize,
}

#[derive(Serialize, ToSchema)]
pub(crate) struct SummaryView {
    document: Uuid,
    #[schema(value_type = KindName)]
    kind: &'static str,
    #[schema(value_type = AudienceName)]
    audience: &'static str,
    title: String,
    /// The beginning of its text.
    excerpt: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
    version: i64,
    #[schema(format = "date-time")]
    updated_at: String,
}

#[derive(Serialize, ToSchema)]
pub(crate) struct ImportedView {
    #[schema(value_type = KindName)]
    kind: &'static str,
    /// The shop's own id.
    source: String,
    title: String,
    text: String,
}

/// A document that staff wrote.
#[derive(Serialize, ToSchema)]
pub(crate) struct DocumentView {
    document: Uuid,
    #[schema(value_type = KindName)]
    kind: &'static str,
    #[schema(value_type = AudienceName)]
    audience: &'static str,
    title: String,
    /// Markdown.
    body: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
    /// Grows by one with each change.
    version: i64,
    #[schema(format = "date-time")]
    updated_at: String,
}

/// A document as it is handed in.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct WrittenDocument {
    kind: KindName,
    audience: AudienceName,
    /// The title, or the question.
    #[schema(min_length = 1, max_length = 150)]
    title: String,
    /// Markdown: paragraphs, headings, lists, bold, emphasis, links.
    #[schema(min_length = 1, max_length = 100_000)]
    body: String,
    /// The page it was imported from.
    #[serde(default)]
    #[schema(max_length = 2_000)]
    url: Option<String>,
    /// The version that was on the screen; 0 for a new document.
    #[schema(minimum = 0, maximum = 9_007_199_254_740_990_i64)]
    version: i64,
}

/// A version of a document.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct Version {
    /// The version that was on the screen.
    #[param(minimum = 1, maximum = 9_007_199_254_740_990_i64)]
    version: i64,
}

/// A document that is not saved yet.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Draft {
    kind: KindName,
    #[schema(min_length = 1, max_length = 150)]
    title: String,
    #[schema(min_length = 1, max_length = 100_000)]
    body: String,
}

/// The passages a document would be found by, as a shopper would see them quoted.
#[derive(Serialize, ToSchema)]
pub(crate) struct DocumentPreviewView {
    passages: Vec<QuotedView>,
}

#[derive(Serialize, ToSchema)]
pub(crate) struct QuotedView {
    title: String,
    #[schema(value_type = Vec<BlockView>)]
    blocks: Vec<Block>,
}

#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum MediaName {
    Html,
    Markdown,
    Plain,
}

/// The text of a file.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct FileText {
    media: MediaName,
    #[schema(min_length = 1, max_length = 2_097_152)]
    text: String,
}

/// A page of the shop.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PageAddress {
    /// `https`, on a host that the shop has registered.
    #[schema(min_length = 1, max_length = 2_000)]
    url: String,
}

/// A text for the editor. Nothing of it was saved.
#[derive(Serialize, ToSchema)]
pub(crate) struct ReadView {
    /// May be empty.
    title: String,
    /// Markdown.
    body: String,
}

impl From<Imported> for ReadView {
    fn from(read: Imported) -> Self {
        Self {
            title: read.title,
            body: read.markdown,
        }
    }
}

impl From<DocumentRow> for DocumentView {
    fn from(row: DocumentRow) -> Self {
        Self {
            document: *row.id.as_uuid(),
            kind: row.kind.as_str(),
            audience: row.audience.as_str(),
            title: row.title,
            body: row.body,
            url: row.url,
            version: row.version,
            updated_at: moment(row.updated_at),
        }
    }
}

impl From<DocumentRow> for SummaryView {
    fn from(row: DocumentRow) -> Self {
        Self {
            document: *row.id.as_uuid(),
            kind: row.kind.as_str(),
            audience: row.audience.as_str(),
            title: row.title,
            excerpt: row.body.chars().take(EXCERPT).collect(),
            url: row.url,
            version: row.version,
            updated_at: moment(row.updated_at),
        }
    }
}

impl From<ImportedDocument> for ImportedView {
    fn from(document: ImportedDocument) -> Self {
        Self {
            kind: document.kind.as_str(),
            source: document.source,
            title: document.title,
            text: document.text,
        }
    }
}

/// What the assistant answers from.
#[utoipa::path(get, path = "/v1/staff/knowledge", tag = "staff", operation_id = "list_knowledge", security(("staff" = [])),
    params(Looked),
    responses((status = 200, body = ShelfView),
        (status = "4XX", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 503, body = ProblemDetails, content_type = "application/problem+json")))]
pub(crate) async fn list(
    State(house): State<House>,
    Permitted(permit): Permitted<ReadKnowledge>,
    Asked(looked): Asked<Looked>,
) -> Result<Json<ShelfView>, Problem> {
    at_most("words", &looked.words, 200)?;
    let mut snapshot = house.database.snapshot().await?;
    let shelf = house
        .journey
        .shelf(&mut *snapshot, &permit, &looked.words)
        .await?;
    Ok(Json(ShelfView {
        documents: shelf.documents.into_iter().map(SummaryView::from).collect(),
        imported: shelf.imported.into_iter().map(ImportedView::from).collect(),
        unanswered: shelf.unanswered,
    }))
}

/// A document that staff wrote.
#[utoipa::path(get, path = "/v1/staff/knowledge/documents/{document}", tag = "staff", operation_id = "read_document", security(("staff" = [])),
    params(("document" = Uuid, Path)),
    responses((status = 200, body = DocumentView),
        (status = "4XX", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 503, body = ProblemDetails, content_type = "application/problem+json")))]
pub(crate) async fn read(
    State(house): State<House>,
    Permitted(permit): Permitted<ReadKnowledge>,
    Ids(document): Ids<DocumentId>,
) -> Result<Json<DocumentView>, Problem> {
    let mut snapshot = house.database.snapshot().await?;
    let found = house
        .journey
        .document(&mut *snapshot, &permit, document)
        .await?;
    Ok(Json(found.into()))
}

/// Writes a document: a new one under an id of your choice, or over the version you saw. Safe to
/// repeat. `changed_meanwhile` when it has another version by now.
#[utoipa::path(put, path = "/v1/staff/knowledge/documents/{document}", tag = "staff", operation_id = "write_document", security(("staff" = [])),
    params(("document" = Uuid, Path)), request_body = WrittenDocument,
    responses((status = 200, body = DocumentView),
        (status = "4XX", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 503, body = ProblemDetails, content_type = "application/problem+json")))]
pub(crate) async fn write(
    State(house): State<House>,
    Permitted(permit): Permitted<WriteKnowledge>,
    Ids(document): Ids<DocumentId>,
    Body(written): Body<WrittenDocument>,
) -> Result<Json<DocumentView>, Problem> {
    if written.version < 0 {
        return Err(Problem::bad_argument("`version` must be 0 or more"));
    }
    let written = Written {
        id: document,
        kind: written.kind.into(),
        title: Untrusted::new(written.title),
        body: Untrusted::new(written.body),
        audience: written.audience.into(),
        url: written.url.map(Untrusted::new),
        seen: written.version,
    };
    let mut tx = house.database.begin().await?;
    let row = house
        .journey
        .write_document(&mut *tx, &permit, written)
        .await?;
    tx.commit().await?;
    Ok(Json(row.into()))
}

/// Deletes the version of a document that you saw.
#[utoipa::path(delete, path = "/v1/staff/knowledge/documents/{document}", tag = "staff", operation_id = "delete_document", security(("staff" = [])),
    params(("document" = Uuid, Path), Version),
    responses((status = 204),
        (status = "4XX", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 503, body = ProblemDetails, content_type = "application/problem+json")))]
pub(crate) async fn delete(
    State(house): State<House>,
    Permitted(permit): Permitted<WriteKnowledge>,
    Ids(document): Ids<DocumentId>,
    Asked(Version { version }): Asked<Version>,
) -> Result<axum::http::StatusCode, Problem> {
    let mut tx = house.database.begin().await?;
    house
        .journey
        .delete_document(&mut *tx, &permit, document, version)
        .await?;
    tx.commit().await?;
    Ok(axum::http::StatusCode::NO_CONTENT)
}

/// The passages a document would be found by, as a shopper would see them quoted. Nothing is saved.
#[utoipa::path(post, path = "/v1/staff/knowledge/preview", tag = "staff", operation_id = "preview_document", security(("staff" = [])),
    request_body = Draft,
    responses((status = 200, body = DocumentPreviewView),
        (status = "4XX", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 503, body = ProblemDetails, content_type = "application/problem+json")))]
pub(crate) async fn preview(
    State(house): State<House>,
    Permitted(permit): Permitted<ReadKnowledge>,
    Body(draft): Body<Draft>,
) -> Result<Json<DocumentPreviewView>, Problem> {
    let mut snapshot = house.database.snapshot().await?;
    let (title, body) = (Untrusted::new(draft.title), Untrusted::new(draft.body));
    let shown = house
        .journey
        .preview(&mut *snapshot, &permit, draft.kind.into(), title, body)
        .await?;
    let passages = shown.into_iter().map(|shown| QuotedView {
        title: shown.passage.title,
        blocks: shown.words.blocks().to_vec(),
    });
    Ok(Json(DocumentPreviewView {
        passages: passages.collect(),
    }))
}

/// Reads a file into Markdown for the editor. Nothing is saved.
#[utoipa::path(post, path = "/v1/staff/knowledge/import", tag = "staff", operation_id = "read_import", security(("staff" = [])),
    request_body = FileText,
    responses((status = 200, body = ReadView),
        (status = "4XX", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 503, body = ProblemDetails, content_type = "application/problem+json")))]
pub(crate) async fn import(
    State(house): State<House>,
    Permitted(permit): Permitted<WriteKnowledge>,
    Body(file): Body<FileText>,
) -> Result<Json<ReadView>, Problem> {
    let media = match file.media {
        MediaName::Html => Media::Html,
        MediaName::Markdown => Media::Markdown,
        MediaName::Plain => Media::Plain,
    };
    let text = Untrusted::new(file.text);
    let read = house.journey.read_import(&permit, media, text)?;
    Ok(Json(read.into()))
}

/// Fetches a page of the shop and reads it into Markdown for the editor. Nothing is saved.
#[utoipa::path(post, path = "/v1/staff/knowledge/fetch", tag = "staff", operation_id = "fetch_page", security(("staff" = [])),
    request_body = PageAddress,
    responses((status = 200, body = ReadView),
        (status = "4XX", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 503, body = ProblemDetails, content_type = "application/problem+json")))]
pub(crate) async fn fetch(
    State(house): State<House>,
    Permitted(permit): Permitted<WriteKnowledge>,
    Body(page): Body<PageAddress>,
) -> Result<Json<ReadView>, Problem> {
    let read = house
        .journey
        .fetch_page(&*house.database, &permit, &page.url)
        .await?;
    Ok(Json(read.into()))
}
