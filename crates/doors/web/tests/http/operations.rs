//! Every operation of the API, as the published document lists them, with a request that fits.

use std::sync::LazyLock;

use factors::testing::Authenticator;
use serde_json::{Value, json};

use crate::{
    client::{Asking, ORIGIN, ask, somewhere},
    house::message_id,
};

#[derive(Debug, Clone)]
pub(crate) struct Operation {
    pub id: String,
    pub method: String,
    pub path: String,
}

/// What stands in for the placeholders of paths.
#[derive(Debug, Clone)]
pub(crate) struct Filling {
    pub shop: String,
    pub conversation: String,
    pub request: String,
    pub code: String,
    pub link: String,
    pub proposal: String,
    pub order: String,
    pub document: String,
    pub question: String,
    /// A tag, or a saved reply.
    pub name: String,
    pub colleague: String,
    /// Somebody whose role and access are looked at and changed.
    pub staff: String,
    /// A role of the shop's own.
    pub role: String,
    pub shopper: String,
    pub picture: String,
}

impl Default for Filling {
    fn default() -> Self {
        Self {
            shop: "alder".to_owned(),
            conversation: message_id(),
            request: message_id(),
            code: "000000".to_owned(),
            link: "A".repeat(43),
            proposal: message_id(),
            order: "none-1".to_owned(),
            document: message_id(),
            question: message_id(),
            name: "damaged".to_owned(),
            colleague: message_id(),
            staff: message_id(),
            role: "none".to_owned(),
            shopper: message_id(),
            picture: format!("{}.jpg", "0".repeat(64)),
        }
    }
}

pub(crate) fn document() -> Value {
    serde_json::to_value(web::openapi_document()).unwrap()
}

/// All of them, by path and method.
pub(crate) fn all() -> Vec<Operation> {
    let document = document();
    let mut operations = Vec::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            operations.push(Operation {
                id: operation["operationId"].as_str().unwrap().to_owned(),
                method: method.to_uppercase(),
                path: path.clone(),
            });
        }
    }
    assert!(operations.len() > 20, "the document lists the API");
    operations.sort_by(|one, other| (&one.path, &one.method).cmp(&(&other.path, &other.method)));
    operations
}

/// Pages, assets and what else is served beside the API.
pub(crate) const PAGES: &[&str] = &[
    "/openapi.json",
    "/widget/v1/frame?shop=alder",
    "/widget/v1/launch?shop=alder",
    "/widget/v1/passkey?shop=alder",
    "/widget/v1/theme/alder",
    "/widget/v1/logo/alder",
    "/widget/v1/loader.js",
    "/widget/v1/widget.js",
    "/widget/v1/widget.css",
    "/widget/v1/icon.svg",
    "/console",
    "/console/sign-in",
    "/console/account",
    "/console/inbox",
    "/console/conversations/0191f7a2-9c3e-4d51-8a44-3f0e9b7c2d10",
    "/console/replies",
    "/console/search",
    "/console/shoppers",
    "/console/shoppers/0191f7a2-9c3e-4d51-8a44-3f0e9b7c2d10",
    "/console/design",
    "/console/orders",
    "/console/orders/none-1",
    "/console/knowledge",
    "/console/staff",
    "/console/designer",
    "/console/designer/sample",
    "/console/settings",
    "/console/ledger",
    "/console/assets/console.js",
    "/console/assets/console.css",
    "/console/assets/icon.svg",
    "/console/nowhere",
    "/pay/return",
    "/demo/mailbox",
];

/// What a browser answers, to a challenge that nobody handed out.
fn some_registration() -> Value {
    Authenticator::new(ORIGIN)
        .unwrap()
        .create(&OPTIONS)
        .unwrap()
}

fn some_assertion() -> Value {
    let mut device = Authenticator::new(ORIGIN).unwrap();
    device.create(&OPTIONS).unwrap();
    device.get(&OPTIONS).unwrap()
}

static OPTIONS: LazyLock<Value> = LazyLock::new(|| {
    json!({
        "challenge": "A".repeat(43), "rpId": "chat.alder.example", "rp": { "id": "chat.alder.example" },
        "user": { "id": "A".repeat(43) },
    })
});

impl Operation {
    pub(crate) fn name(&self) -> String {
        format!("{} {}", self.method, self.path)
    }

    pub(crate) fn is_stream(&self) -> bool {
        self.path.ends_with("/events")
    }

    /// Bytes that its body may have.
    pub(crate) fn body_bytes(&self) -> usize {
        match self.id.as_str() {
            "write_document" | "preview_document" | "read_import" => 4 * 1024 * 1024,
            _ => 128 * 1024,
        }
    }

    pub(crate) fn changes(&self) -> bool {
        self.method != "GET"
    }

    /// A request that fits, from nobody.
    pub(crate) fn asking(&self, filling: &Filling) -> Asking {
        let name = match self.id.as_str() {
            "picture" => &filling.picture,
            _ => &filling.name,
        };
        let path = self
            .path
            .replace("{shop}", &filling.shop)
            .replace("{conversation}", &filling.conversation)
            .replace("{request}", &filling.request)
            .replace("{proposal}", &filling.proposal)
            .replace("{order}", &filling.order)
            .replace("{document}", &filling.document)
            .replace("{question}", &filling.question)
            .replace("{name}", name)
            .replace("{shopper}", &filling.shopper)
            .replace("{staff}", &filling.staff)
            .replace("{role}", &filling.role)
            .replace("{tool}", "list_orders")
            .replace("{ceremony}", &message_id())
            .replace("{passkey}", &message_id())
            .replace("{session}", &message_id())
            .replace("{message}", &message_id())
            .replace("{note}", &message_id());
        assert!(!path.contains('{'), "nothing fills `{path}`");
        let path = match self.id.as_str() {
            "delete_document" | "remove_role" => format!("{path}?version=1"),
            _ => path,
        };
        let asking = ask(&self.method, &path).from(&somewhere());
        match self.body(filling) {
            Some(body) => asking.json(&body),
            None => asking,
        }
    }

    /// A body that fits, for those that take one.
    pub(crate) fn body(&self, filling: &Filling) -> Option<Value> {
        let body = match self.id.as_str() {
            "open_session"
            | "ask_for_person"
            | "take_over"
            | "hand_back"
            | "mark_paid"
            | "process_order"
            | "deliver_order"
            | "receive_goods"
            | "give_up_order"
            | "request_step_up"
            | "confirm_proposal"
            | "payment_webhook"
            | "add_tag"
            | "close_conversation"
            | "reopen_conversation"
            | "make_preview"
            | "fetch_pictures"
            | "wish_for_mail"
            | "set_logo"
            | "begin_sign_in"
            | "begin_passkey"
            | "ask_to_recover"
            | "make_recovery_codes"
            | "begin_step_up"
            | "begin_staff_sign_in"
            | "begin_staff_passkey" => json!({}),
            "finish_sign_in" | "finish_staff_sign_in" => json!({ "response": some_assertion() }),
            "keep_passkey" | "keep_staff_passkey" => {
                json!({ "ceremony": message_id(), "response": some_registration() })
            }
            "recover" => json!({ "code": "7KQ2M-9XTRD" }),
            "name_passkey" | "name_staff_passkey" => json!({ "name": "Phone" }),
            "search_conversations" => json!({ "words": "hello", "states": ["human", "closed"] }),
            "find_shopper" => json!({ "email": "mara@example.com" }),
            "mark_seen" => json!({ "position": 1 }),
            "assign" => json!({ "staff": filling.colleague }),
            "tag_conversation" => json!({ "tags": [filling.name] }),
            "call_tool" => json!({ "args": {} }),
            "ship_order" => json!({ "tracking": ["TRACK-1"] }),
            "request_code" => json!({ "email": "mara@example.com" }),
            "give_code" => json!({ "code": filling.code }),
            "send_message" | "reply" | "write_note" | "save_reply" => json!({ "text": "Hello" }),
            "staff_sign_in" => json!({ "token": filling.link }),
            "choose_language" => json!({ "language": "de" }),
            "rate_conversation" => json!({ "score": 4, "words": "Quick" }),
            "dismiss_greeting" => json!({ "dismissed": true }),
            "change_front" => json!({ "version": 0, "settings": {
                "state": "live", "language": "en",
                "look": { "accent": "#1d5a4c", "radius": 18, "side": "right", "inset": 20, "rise": 20 },
            } }),
            "invite_staff" => json!({ "name": "Noor Aziz", "role": "agent" }),
            "change_staff_role" => json!({ "role": "supervisor" }),
            "disable_staff" => json!({ "disabled": true }),
            "save_role" => {
                json!({ "title": "Packer", "permissions": ["read_orders"], "version": 0 })
            }
            "write_document" => json!({
                "kind": "faq", "audience": "everyone", "title": "Is there parking?",
                "body": "Behind the shop.", "version": 1,
            }),
            "preview_document" => json!({
                "kind": "faq", "title": "Is there parking?", "body": "Behind the shop.",
            }),
            "read_import" => json!({ "media": "html", "text": "<p>Behind the shop." }),
            "fetch_page" => json!({ "url": "https://shop.example/parking" }),
            "try_question" => json!({ "question": "is there parking?" }),
            other => {
                assert!(
                    matches!(self.method.as_str(), "GET" | "DELETE"),
                    "`{other}` takes a body: say which"
                );
                return None;
            }
        };
        Some(body)
    }
}
