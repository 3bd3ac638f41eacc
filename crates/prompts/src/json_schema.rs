//! What can be told of a JSON Schema without what it will be used with.

use serde_json::Value;

/// Why a value is none.
pub(crate) fn fault(value: &Value) -> Option<String> {
    const TYPES: [&str; 7] = ["array", "boolean", "integer", "null", "number", "object", "string"];
    if value.is_boolean() {
        return None;
    }
    let Some(schema) = value.as_object() else { return Some("a schema is an object".to_owned()) };
    let of = schema.get("type").into_iter().flat_map(|of| match of.as_array() {
        Some(several) => several.iter().collect::<Vec<_>>(),
        None => vec![of],
    });
    let mut unknown = of.filter(|of| of.as_str().is_none_or(|of| !TYPES.contains(&of)));
    if let Some(of) = unknown.next() {
        return Some(format!("there is no type {of}; there is {}", TYPES.join(", ")));
    }
    let inner =
        schema.get("properties").and_then(|all| all.as_object()).into_iter().flat_map(|all| all.values());
    let items = schema.get("items").into_iter().flat_map(|items| match items.as_array() {
        Some(several) => several.iter().collect::<Vec<_>>(),
        None => vec![items],
    });
    inner.chain(items).find_map(fault)
}
