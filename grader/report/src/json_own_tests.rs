//! What came of a student's own tests, as JSON: a service each.

use super::json::{list, optional, text};
use super::json_faults::{fault_name, read_fault};
use grader::tried::{Came, Tried};
use grader::words::Text;
use serde_json::{Value, json};

pub(crate) fn write_tried(tried: &[Tried]) -> Vec<Value> {
    tried.iter().map(write_one).collect()
}

pub(crate) fn read_tried(value: &Value) -> Option<Vec<Tried>> {
    list(value, |value| {
        let flaw = |it: &Value| Some(Text { en: text(&it["en"])?, ru: text(&it["ru"])? });
        Some(Tried { flaw: optional(&value["flaw"], flaw)?, came: read_came(value)? })
    })
}

fn write_one(tried: &Tried) -> Value {
    let mut value = match &tried.came {
        Came::Passed => json!({ "came": "passed" }),
        Came::Failed { test, message, at } => json!({ "came": "failed", "test": test, "message": message, "at": at }),
        Came::NoTest => json!({ "came": "no_test" }),
        Came::Broke(kind) => {
            let (name, number) = fault_name(*kind);
            json!({ "came": "broke", "fault": name, "number": number })
        }
        Came::Wavers => json!({ "came": "wavers" }),
    };
    value["flaw"] = json!(tried.flaw.as_ref().map(|flaw| json!({ "en": flaw.en, "ru": flaw.ru })));
    value["told"] = json!(tried.told());
    value
}

fn read_came(value: &Value) -> Option<Came> {
    Some(match value["came"].as_str()? {
        "passed" => Came::Passed,
        "failed" => {
            Came::Failed { test: text(&value["test"])?, message: text(&value["message"])?, at: text(&value["at"])? }
        }
        "no_test" => Came::NoTest,
        "broke" => Came::Broke(read_fault(value["fault"].as_str()?, value["number"].as_i64()?)?),
        "wavers" => Came::Wavers,
        _ => return None,
    })
}
