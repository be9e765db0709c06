//! Our own mutants: changes of single statements and expressions, as a tired author makes them.
//!
//! It reads Rust by `syn`, and changes the text at the places that it is told, so that the rest stays as it was written.

use super::edits::{Edit, whole_lines};
use proc_macro2::Span;
use std::collections::BTreeSet;
use std::ops::Range;
use syn::punctuated::Punctuated;
use syn::spanned::Spanned;
use syn::visit::{self, Visit};
use syn::{BinOp, Expr, Lit, RangeLimits, Stmt, Token};

/// All changes of a file. Fails with what `syn` says where it is no Rust.
pub fn edits(text: &str) -> Result<Vec<Edit>, syn::Error> {
    let file = syn::parse_file(text)?;
    let mut finder = Finder { text, edits: Vec::new(), statements: BTreeSet::new() };
    finder.visit_file(&file);
    Ok(finder.edits)
}

/// Methods that have another name at the other end, or for the other half.
const TURNED: [(&str, &str); 13] = [
    ("push_back", "push_front"),
    ("pop_back", "pop_front"),
    ("back", "front"),
    ("back_mut", "front_mut"),
    ("first", "last"),
    ("min", "max"),
    ("any", "all"),
    ("is_some", "is_none"),
    ("is_ok", "is_err"),
    ("is_break", "is_continue"),
    ("is_ready", "is_pending"),
    ("lines", "split_whitespace"),
    ("saturating_sub", "wrapping_sub"),
];

/// Methods that an iterator goes without: it still is one.
const LEFT_OUT: [&str; 2] = ["fuse", "rev"];

/// What is called for what it does to others: without it somebody waits, or runs on.
const DONE: [&str; 12] = [
    "abort",
    "close",
    "drop",
    "join",
    "notify_all",
    "notify_one",
    "park",
    "send",
    "unpark",
    "wake",
    "wake_by_ref",
    "yield_now",
];

struct Finder<'a> {
    text: &'a str,
    edits: Vec<Edit>,
    /// Where expressions begin that are statements: those are taken out whole.
    statements: BTreeSet<usize>,
}

impl Finder<'_> {
    fn put(&mut self, range: Range<usize>, with: &str, what: impl Into<String>) {
        self.edits.push(Edit { range, with: with.to_owned(), what: what.into() });
    }

    fn put_at(&mut self, span: Span, with: &str) {
        let range = span.byte_range();
        let what = format!("`{}` is `{with}`", &self.text[range.clone()]);
        self.put(range, with, what);
    }

    /// Takes a word out, with the blank behind it.
    fn take_out(&mut self, span: Span, what: &str) {
        let mut range = span.byte_range();
        range.end += usize::from(self.text[range.end..].starts_with(' '));
        self.put(range, "", what);
    }

    fn called(&mut self, name: &str, call: &Expr) {
        if DONE.contains(&name) && !self.statements.contains(&start(call)) {
            self.put(call.span().byte_range(), "()", format!("`{name}` is not called"));
        }
    }
}

fn start(spanned: &impl Spanned) -> usize {
    spanned.span().byte_range().start
}

/// Whether a statement can be taken out: it is none whose value the block has.
fn is_whole(statement: &Stmt, is_last: bool) -> bool {
    match statement {
        Stmt::Local(_) => true,
        Stmt::Item(_) => false,
        Stmt::Macro(it) => it.semi_token.is_some() || !is_last,
        Stmt::Expr(_, Some(_)) => true,
        Stmt::Expr(it, None) => {
            !is_last || matches!(it, Expr::If(_) | Expr::ForLoop(_) | Expr::While(_) | Expr::Loop(_) | Expr::Match(_))
        }
    }
}

impl<'ast> Visit<'ast> for Finder<'_> {
    fn visit_item(&mut self, item: &'ast syn::Item) {
        let attributes = match item {
            syn::Item::Mod(it) => &it.attrs,
            syn::Item::Fn(it) => &it.attrs,
            _ => return visit::visit_item(self, item),
        };
        let is_test = |attr: &syn::Attribute| {
            attr.path().is_ident("test")
                || attr.path().is_ident("cfg") && self.text[attr.span().byte_range()].contains("test")
        };
        if !attributes.iter().any(is_test) {
            visit::visit_item(self, item);
        }
    }

    fn visit_attribute(&mut self, _: &'ast syn::Attribute) {}

    fn visit_block(&mut self, block: &'ast syn::Block) {
        let last = block.stmts.len().wrapping_sub(1);
        for (i, statement) in block.stmts.iter().enumerate() {
            if is_whole(statement, i == last) {
                if let Stmt::Expr(it, _) = statement {
                    self.statements.insert(start(it));
                }
                let range = whole_lines(self.text, statement.span().byte_range());
                self.put(range, "", "the statement is gone");
            }
        }
        for pair in block.stmts.windows(2) {
            let [one, other] = pair else { continue };
            if is_whole(one, false) && is_whole(other, start(other) == block.stmts.last().map_or(0, start)) {
                let (a, b) = (one.span().byte_range(), other.span().byte_range());
                let with = format!("{}{}{}", &self.text[b.clone()], &self.text[a.end..b.start], &self.text[a.clone()]);
                self.put(a.start..b.end, &with, "two statements have changed places");
            }
        }
        visit::visit_block(self, block);
    }

    fn visit_macro(&mut self, it: &'ast syn::Macro) {
        // What is in there is only Rust if the macro says so; most that matter take expressions.
        if let Ok(arguments) = it.parse_body_with(Punctuated::<Expr, Token![,]>::parse_terminated) {
            arguments.iter().for_each(|argument| self.visit_expr(argument));
        }
    }

    fn visit_expr(&mut self, expr: &'ast Expr) {
        match expr {
            Expr::MethodCall(it) => {
                let name = it.method.to_string();
                for (one, other) in TURNED {
                    if name == one {
                        self.put_at(it.method.span(), other);
                    } else if name == other {
                        self.put_at(it.method.span(), one);
                    }
                }
                if name == "notify_all" {
                    self.put_at(it.method.span(), "notify_one");
                }
                if LEFT_OUT.contains(&name.as_str()) {
                    let receiver = it.receiver.span().byte_range();
                    self.put(receiver.end..it.span().byte_range().end, "", format!("`{name}` is gone"));
                }
                self.called(&name, expr);
            }
            Expr::Call(it) => {
                if let Expr::Path(path) = &*it.func {
                    let name = path.path.segments.last().map(|last| last.ident.to_string()).unwrap_or_default();
                    self.called(&name, expr);
                }
            }
            Expr::Closure(it) => {
                if let Some(capture) = &it.capture {
                    self.take_out(capture.span, "the `move` is gone");
                }
            }
            Expr::Async(it) => {
                if let Some(capture) = &it.capture {
                    self.take_out(capture.span, "the `move` is gone");
                }
            }
            Expr::Continue(it) => self.put_at(it.continue_token.span, "break"),
            Expr::Break(it) if it.expr.is_none() => self.put_at(it.break_token.span, "continue"),
            Expr::Unary(it) if matches!(it.op, syn::UnOp::Not(_)) => self.put_at(it.op.span(), ""),
            Expr::If(it) if !matches!(&*it.cond, Expr::Let(_) | Expr::Binary(_) | Expr::Unary(_)) => {
                let range = it.cond.span().byte_range();
                let with = format!("!({})", &self.text[range.clone()]);
                self.put(range, &with, "the condition is turned");
            }
            Expr::Range(it) if it.end.is_some() => match &it.limits {
                RangeLimits::HalfOpen(_) => self.put_at(it.limits.span(), "..="),
                RangeLimits::Closed(_) => self.put_at(it.limits.span(), ".."),
            },
            _ => {}
        }
        visit::visit_expr(self, expr);
    }

    fn visit_expr_path(&mut self, it: &'ast syn::ExprPath) {
        let names: Vec<String> = it.path.segments.iter().map(|segment| segment.ident.to_string()).collect();
        if let [.., kind, name] = names.as_slice()
            && kind.ends_with("Ordering")
            && let Some(last) = it.path.segments.last()
        {
            match name.as_str() {
                "Less" => self.put_at(last.ident.span(), "Greater"),
                "Greater" | "Equal" => self.put_at(last.ident.span(), "Less"),
                "SeqCst" | "AcqRel" | "Acquire" | "Release" => self.put_at(last.ident.span(), "Relaxed"),
                _ => {}
            }
        }
        visit::visit_expr_path(self, it);
    }

    fn visit_bin_op(&mut self, op: &'ast BinOp) {
        let others: &[&str] = match op {
            BinOp::Lt(_) => &["<=", ">"],
            BinOp::Le(_) => &["<", ">="],
            BinOp::Gt(_) => &[">=", "<"],
            BinOp::Ge(_) => &[">", "<="],
            BinOp::Eq(_) => &["!="],
            BinOp::Ne(_) => &["=="],
            BinOp::And(_) => &["||"],
            BinOp::Or(_) => &["&&"],
            BinOp::Add(_) => &["-"],
            BinOp::Sub(_) => &["+"],
            BinOp::AddAssign(_) => &["-="],
            BinOp::SubAssign(_) => &["+="],
            _ => &[],
        };
        others.iter().for_each(|other| self.put_at(op.span(), other));
    }

    fn visit_lit(&mut self, lit: &'ast Lit) {
        match lit {
            Lit::Int(it) => {
                let Ok(value) = it.base10_parse::<u128>() else { return };
                let suffix = it.suffix();
                for near in [value.checked_add(1), value.checked_sub(1)].into_iter().flatten() {
                    self.put_at(it.span(), &format!("{near}{suffix}"));
                }
            }
            Lit::Float(it) => {
                let Ok(value) = it.base10_parse::<f64>() else { return };
                self.put_at(it.span(), &format!("{:?}{}", value + 1.0, it.suffix()));
            }
            Lit::Bool(it) => self.put_at(it.span, if it.value { "false" } else { "true" }),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The bodies of `fn f() { … }` that become of this one.
    fn mutants(body: &str) -> Vec<String> {
        let text = format!("// Ж\nfn f() {{ {body} }}\n#[cfg(test)]\nmod tests {{ fn t() {{ a(); }} }}\n");
        let all = edits(&text).unwrap();
        let inner = |edit: &Edit| {
            let text = edit.apply(&text);
            let (_, rest) = text.split_once("fn f() { ").unwrap();
            rest.split_once(" }\n#[cfg(test)]").unwrap().0.to_owned()
        };
        all.iter().map(inner).collect()
    }

    #[test]
    fn statements_go_and_change_places_but_for_the_value_of_a_block() {
        assert_eq!(mutants("a(\"Ж\"); b(); c()"), [" b(); c()", "a(\"Ж\");  c()", "b(); a(\"Ж\"); c()"]);
        assert_eq!(mutants("if c { a() }"), ["", "if !(c) { a() }"]);
    }

    #[test]
    fn relations_literals_and_words_are_turned() {
        for (from, to) in [
            ("x(a < b)", "x(a <= b)"),
            ("x(a && b)", "x(a || b)"),
            ("x(7_u8)", "x(8u8)"),
            ("x(7_u8)", "x(6u8)"),
            ("x(true)", "x(false)"),
            ("x(0..n)", "x(0..=n)"),
            ("q.push_back(n)", "q.push_front(n)"),
            ("x.notify_all()", "x.notify_one()"),
            ("it.map(f).fuse()", "it.map(f)"),
            ("spawn(move || n)", "spawn(|| n)"),
            ("loop { continue }", "loop { break }"),
            ("w.map(|w| w.wake())", "w.map(|w| ())"),
            ("x(Ordering::SeqCst)", "x(Ordering::Relaxed)"),
            ("println!(\"{}\", a + 1)", "println!(\"{}\", a - 1)"),
        ] {
            assert!(mutants(from).iter().any(|made| made == to), "{from}: {:?}", mutants(from));
        }
    }

    #[test]
    fn a_call_that_is_a_statement_goes_only_once() {
        assert_eq!(mutants("drop(x);"), [""]);
    }
}
