//! What callers see of a crate: the signatures of the stub, of the solution and of the README must be the same.
//!
//! Rust is read with `syn`: rustdoc's JSON is not stable. What a macro makes is not seen.

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use quote::ToTokens;
use std::collections::{BTreeMap, BTreeSet};
use syn::{Attribute, Field, FnArg, ImplItem, Item, ReturnType, Signature, TraitItem, Visibility};

/// The public items of a crate by their names, such as `Pool::new`, each as callers see it.
pub type Items = BTreeMap<String, String>;

/// Reads the public items of these sources. Fails with what `syn` says and the file.
pub fn public_items(files: &BTreeMap<String, String>) -> Result<Items, String> {
    let mut items = Items::new();
    for (name, text) in files {
        let file = syn::parse_file(text).map_err(|error| at(name, &error))?;
        collect(file.items, &mut items);
    }
    Ok(items)
}

fn at(name: &str, error: &syn::Error) -> String {
    format!("{name}:{}: {error}", error.span().start().line)
}

/// Where a stub and a solution differ for their callers, a sentence each.
pub fn differences(stub: &Items, solution: &Items) -> Vec<String> {
    let mut found = Vec::new();
    for name in stub.keys().chain(solution.keys()).collect::<BTreeSet<_>>() {
        match (stub.get(name), solution.get(name)) {
            (Some(ours), Some(theirs)) if ours != theirs => {
                found.push(format!("`{name}` is `{ours}` in the stub, and `{theirs}` in the solution"));
            }
            (None, Some(theirs)) => found.push(format!("the stub lacks `{theirs}`, which the solution has")),
            (Some(ours), None) => found.push(format!("the solution lacks `{ours}`, which the stub has")),
            _ => {}
        }
    }
    found
}

/// Which signatures that a README's block shows are not the stub's, a sentence each. Where-clauses may be left out there.
pub fn untrue(block: &str, stub: &Items) -> Vec<String> {
    let Ok(tokens) = block.parse::<TokenStream>() else {
        return vec!["its signatures can't be taken apart: is a bracket missing?".to_owned()];
    };
    let mut shown = Vec::new();
    signatures(tokens, &mut shown);
    let mut found = Vec::new();
    for text in shown {
        let Ok(mut signature) = syn::parse_str::<Signature>(&text) else {
            found.push(format!("`{text}` is no signature"));
            continue;
        };
        let name = signature.ident.to_string();
        signature.generics.where_clause = None;
        let shown = callers_view(signature);
        let of_name = |(known, text): (&String, &String)| {
            let (of, last) = known.rsplit_once("::").unwrap_or((known, known));
            (last == name).then(|| (without_where(text).to_owned(), of.to_owned()))
        };
        let (known, of): (Vec<String>, Vec<String>) = stub.iter().filter_map(of_name).unzip();
        // Shown on its own, a method may name the type that it calls `Self` in its place.
        let in_full = |text: &str, of: &str| text.replace("Self", of);
        // `-> impl Trait` promises less than a stub that names its own type: the student may name another.
        let promised = |text: &str| match text.split_once(" -> ") {
            Some((before, gives)) if shown.contains(" -> impl ") && !gives.starts_with("impl ") => {
                shown.split_once(" -> ").is_some_and(|(start, _)| start == before)
            }
            _ => false,
        };
        if known.is_empty() {
            found.push(format!("shows `{name}`, which the stub does not have"));
        } else if !known.iter().zip(&of).any(|(text, of)| in_full(text, of) == in_full(&shown, of) || promised(text)) {
            found.push(format!("shows `{shown}`; the stub has `{}`", known.join("`, `")));
        }
    }
    found
}

fn without_where(signature: &str) -> &str {
    signature.split_once(" where ").map_or(signature, |(before, _)| before).trim_end()
}

fn collect(items: Vec<Item>, into: &mut Items) {
    for item in items {
        match item {
            Item::Fn(it) if public(&it.vis) => drop(into.insert(it.sig.ident.to_string(), callers_view(it.sig))),
            Item::Struct(mut it) if public(&it.vis) => {
                it.attrs.clear();
                // Private fields are the student's own.
                let fields: Vec<String> = it.fields.iter().filter(|field| public(&field.vis)).map(field).collect();
                let generics = it.generics.to_token_stream();
                let bounds = it.generics.where_clause.to_token_stream();
                let name = it.ident.to_string();
                into.insert(name, tidy(format!("struct {} {generics} {bounds} {}", it.ident, fields.join(", "))));
            }
            Item::Enum(mut it) if public(&it.vis) => {
                it.attrs.clear();
                for variant in &mut it.variants {
                    variant.attrs.clear();
                    variant.fields.iter_mut().for_each(|field| field.attrs.clear());
                }
                into.insert(it.ident.to_string(), tidy(it.to_token_stream().to_string()));
            }
            Item::Trait(it) if public(&it.vis) => collect_trait(it, into),
            Item::Type(mut it) if public(&it.vis) => {
                it.attrs.clear();
                into.insert(it.ident.to_string(), tidy(it.to_token_stream().to_string()));
            }
            Item::Const(it) if public(&it.vis) => {
                into.insert(it.ident.to_string(), tidy(format!("const {}: {}", it.ident, it.ty.to_token_stream())));
            }
            Item::Impl(it) if it.trait_.is_none() => {
                let of = it.self_ty.to_token_stream().to_string();
                let of = of.split([' ', '<']).next().unwrap_or_default().to_owned();
                for item in it.items {
                    if let ImplItem::Fn(it) = item
                        && public(&it.vis)
                    {
                        into.insert(format!("{of}::{}", it.sig.ident), callers_view(it.sig));
                    }
                }
            }
            // A trait that another one asks for shows in its bounds; here only what the methods are called by.
            Item::Mod(it) if public(&it.vis) => collect(it.content.map(|(_, items)| items).unwrap_or_default(), into),
            _ => {}
        }
    }
}

fn collect_trait(it: syn::ItemTrait, into: &mut Items) {
    let (name, generics, bounds) = (it.ident.to_string(), it.generics.to_token_stream(), &it.supertraits);
    into.insert(name.clone(), tidy(format!("trait {name} {generics} : {}", bounds.to_token_stream())));
    for item in it.items {
        match item {
            TraitItem::Fn(it) => drop(into.insert(format!("{name}::{}", it.sig.ident), callers_view(it.sig))),
            TraitItem::Type(mut it) => {
                it.attrs.clear();
                into.insert(format!("{name}::{}", it.ident), tidy(it.to_token_stream().to_string()));
            }
            _ => {}
        }
    }
}

fn public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}

fn field(field: &Field) -> String {
    let name = field.ident.as_ref().map(ToString::to_string).unwrap_or_default();
    format!("pub {name}: {}", field.ty.to_token_stream())
}

/// A signature without what callers don't see: the names of parameters, and whether it is written with `async`.
fn callers_view(mut signature: Signature) -> String {
    for input in &mut signature.inputs {
        match input {
            FnArg::Typed(typed) => {
                typed.attrs = Vec::<Attribute>::new();
                *typed.pat = syn::parse_quote!(_);
            }
            FnArg::Receiver(receiver) if receiver.colon_token.is_none() && receiver.reference.is_none() => {
                receiver.mutability = None;
            }
            FnArg::Receiver(_) => {}
        }
    }
    if signature.asyncness.take().is_some() {
        let gives: syn::Type = match &signature.output {
            ReturnType::Default => syn::parse_quote!(()),
            ReturnType::Type(_, gives) => (**gives).clone(),
        };
        signature.output = syn::parse_quote!(-> impl Future<Output = #gives>);
    }
    if let ReturnType::Type(_, gives) = &mut signature.output {
        without_captures(gives);
    }
    if signature.inputs.trailing_punct() {
        signature.inputs.pop_punct();
    }
    tidy(signature.to_token_stream().to_string())
}

/// Takes `+ use<…>` away: to find out what must not be captured can be the student's task.
fn without_captures(gives: &mut syn::Type) {
    if let syn::Type::ImplTrait(it) = gives {
        let captures = |bound: &syn::TypeParamBound| matches!(bound, syn::TypeParamBound::PreciseCapture(_));
        it.bounds = std::mem::take(&mut it.bounds).into_iter().filter(|bound| !captures(bound)).collect();
    }
}

/// As people write it: without the spaces that tokens are printed with.
fn tidy(text: String) -> String {
    let mut out = text.split_whitespace().collect::<Vec<_>>().join(" ");
    for (from, to) in [
        (" :: ", "::"),
        (":: ", "::"),
        (" < ", "<"),
        (" >", ">"),
        ("< ", "<"),
        (" ,", ","),
        (" (", "("),
        ("& ", "&"),
        (" : ", ": "),
        (" ;", ";"),
        ("' ", "'"),
        ("=()", "= ()"),
    ] {
        out = out.replace(from, to);
    }
    out.trim().to_owned()
}

/// Each `fn …` up to its body, its end, or the next item; also those inside of braces.
fn signatures(tokens: TokenStream, into: &mut Vec<String>) {
    let mut open: Option<Vec<TokenTree>> = None;
    let close = |open: &mut Option<Vec<TokenTree>>, into: &mut Vec<String>| {
        if let Some(tokens) = open.take() {
            into.push(tidy(tokens.into_iter().collect::<TokenStream>().to_string()));
        }
    };
    let mut is_async = false;
    for token in tokens {
        let word = if let TokenTree::Ident(word) = &token { word.to_string() } else { String::new() };
        // `impl` begins an item unless it stands where a type does: behind an arrow, say, but not behind the end of generics.
        let sign = |token: Option<&TokenTree>| match token {
            Some(TokenTree::Punct(sign)) => sign.as_char(),
            _ => ' ',
        };
        let in_type = open.as_ref().is_some_and(|tokens| {
            let mut before = tokens.iter().rev();
            let last = sign(before.next());
            "<:&,=+".contains(last) || last == '>' && sign(before.next()) == '-'
        });
        let next = matches!(word.as_str(), "pub" | "fn" | "struct" | "trait" | "enum" | "type" | "async" | "where")
            || word == "impl" && !in_type;
        if next {
            close(&mut open, into);
        }
        match &token {
            _ if word == "async" => is_async = true,
            _ if word == "fn" => {
                let keyword = if is_async { "async fn" } else { "fn" };
                open = Some(keyword.parse::<TokenStream>().into_iter().flatten().collect());
                is_async = false;
            }
            TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => {
                close(&mut open, into);
                signatures(group.stream(), into);
            }
            TokenTree::Punct(sign) if sign.as_char() == ';' => close(&mut open, into),
            _ => {
                if let Some(tokens) = &mut open {
                    tokens.push(token);
                }
            }
        }
    }
    close(&mut open, into);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn items(text: &str) -> Items {
        public_items(&BTreeMap::from([("lib.rs".to_owned(), text.to_owned())])).unwrap()
    }

    #[test]
    fn only_what_callers_see_counts() {
        let stub = items(
            "pub struct A<'a> { x: &'a u8 }\nimpl<'a> A<'a> { pub fn new(x: &'a u8) -> Self { todo!() } }\npub async fn f(n: u32) { todo!() }",
        );
        let solution = items(
            "/// Doc.\n#[must_use]\npub struct A<'a> { y: u8, x: &'a u8 }\nimpl<'b> A<'b> { fn own(&self) {}\n pub fn new(mut y: &'a u8) -> Self { todo!() } }\npub fn f(_n: u32) -> impl Future<Output = ()> { async {} }",
        );
        assert_eq!(differences(&stub, &solution), [] as [&str; 0]);
        let other = items(
            "pub struct A<'a> { x: &'a u8 }\npub fn f(n: u64) -> impl Future<Output = ()> { async {} }\npub fn g() {}",
        );
        let found = differences(&stub, &other);
        assert_eq!(found.len(), 3, "{found:?}");
        assert_eq!(
            found[1],
            "`f` is `fn f(_: u32) -> impl Future<Output = ()>` in the stub, and `fn f(_: u64) -> impl Future<Output = ()>` in the solution"
        );
    }

    #[test]
    fn a_readme_shows_signatures_of_the_stub_or_is_found_out() {
        let apart = "pub fn a() -> impl Co<u8, Y = ()>\n\nimpl<C: Co<u8>> A<C> { pub fn b(self) -> impl Iterator<Item = u8>\n }";
        let mut found = Vec::new();
        signatures(apart.parse().unwrap(), &mut found);
        assert_eq!(found, ["fn a() -> impl Co<u8, Y = ()>", "fn b(self) -> impl Iterator<Item = u8>"]);
        let stub = items(
            "pub trait Co<In> { type Y; fn resume(&mut self, input: In) -> u8; }\nimpl Pool { pub fn new(n: usize) -> Self { todo!() } pub async fn wait(&self) -> u8 { todo!() } }\n\
             pub fn run<T>(x: T) -> impl Iterator<Item = T> where T: Send { todo!() }",
        );
        let readme = "pub trait Co<In> { type Y; fn resume(&mut self, input: In) -> u8; }\npub struct Pool { /* yours */ }\n\
                      pub fn new(n: usize) -> Pool\npub async fn wait(&self) -> u8\npub fn run<T>(x: T) -> impl Iterator<Item = T> // where …\n";
        assert_eq!(untrue(readme, &stub), [] as [&str; 0]);
        assert_eq!(untrue("pub fn new(n: usize) -> impl Sized", &stub), [] as [&str; 0]);
        let found = untrue("pub fn new(n: u8) -> Pool\npub fn gone()\n", &stub);
        assert_eq!(
            found,
            [
                "shows `fn new(_: u8) -> Pool`; the stub has `fn new(_: usize) -> Self`",
                "shows `gone`, which the stub does not have"
            ]
        );
    }
}
