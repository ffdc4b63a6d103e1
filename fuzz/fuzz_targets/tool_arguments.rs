//! Arguments of any bytes for every tool: taken, or refused with a short sentence that repeats
//! nothing of them.
#![no_main]

use commerce::refusal::{Code, Refusal};
use journey::tool::{AnyTool, check_arguments};
use libfuzzer_sys::fuzz_target;
use serde_json::Value;

/// Stands for what is personal.
const PLANTED: &str = "Wilhelmina-Planted";

fuzz_target!(|bytes: &[u8]| {
    for tool in tools() {
        if let Err(refusal) = check_arguments(tool, bytes) {
            is_plain(&refusal);
        }
    }
    let Ok(mut value) = serde_json::from_slice::<Value>(bytes) else {
        return;
    };
    plant(&mut value);
    let planted = value.to_string();
    for tool in tools() {
        if let Err(refusal) = check_arguments(tool, planted.as_bytes()) {
            is_plain(&refusal);
            let repeats = refusal.message.contains(PLANTED);
            assert!(!repeats, "{tool:?} repeats a value: {}", refusal.message);
        }
    }
});

fn tools() -> impl Iterator<Item = AnyTool> {
    AnyTool::names().into_iter().filter_map(AnyTool::from_name)
}

fn is_plain(refusal: &Refusal) {
    let Refusal { code, message } = refusal;
    assert!(
        matches!(code, Code::BadArgument | Code::OverLimit),
        "{code}: {message}"
    );
    assert!(!message.is_empty());
    assert!(message.len() < 2_000, "a message of {}", message.len());
    assert!(!message.chars().any(char::is_control), "{message:?}");
}

/// Puts the planted word into every text that is a value. Names stay: a field is shown by its name.
fn plant(value: &mut Value) {
    match value {
        Value::String(text) => {
            let half = text.char_indices().nth(text.chars().count() / 2);
            text.insert_str(half.map_or(0, |(at, _)| at), PLANTED);
        }
        Value::Array(values) => values.iter_mut().for_each(plant),
        Value::Object(fields) => fields.values_mut().for_each(plant),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}
