//! The attribute `#[check]`: a check of a probe can be left out of a build, by a `cfg` of the compiler's call.
//!
//! It knows no lesson, and what a check does is nothing to it: it looks for a function's name, and for its last braces.
//! The crate `probe` passes it on; nobody else names this crate.

use proc_macro::{Delimiter, Group, Ident, Span, TokenStream, TokenTree};

/// Makes a function a check, which `probe::main!` can list. It takes `&mut Inputs` and returns nothing.
///
/// When the compiler is called with `--cfg probe_left_out="NAME"`, the function of that name has no body: the grader
/// builds a probe so when that body does not compile against a student's crate. The choice is made by a `cfg` rather
/// than in here, so what comes out depends on what went in alone.
#[proc_macro_attribute]
pub fn check(arguments: TokenStream, item: TokenStream) -> TokenStream {
    expand(arguments, item).unwrap_or_else(error)
}

fn expand(arguments: TokenStream, item: TokenStream) -> Result<TokenStream, &'static str> {
    if !arguments.is_empty() {
        return Err("`#[check]` takes no arguments: a check is called like its function");
    }
    let mut before: Vec<TokenTree> = item.into_iter().collect();
    let Some(TokenTree::Group(body)) = before.pop() else { return Err(NO_FUNCTION) };
    let name = before.windows(2).find_map(|pair| match pair {
        [TokenTree::Ident(word), TokenTree::Ident(name)] if word.to_string() == "fn" => Some(name.clone()),
        _ => None,
    });
    let (Some(name), Delimiter::Brace) = (name, body.delimiter()) else { return Err(NO_FUNCTION) };

    let signature = TokenStream::from_iter(before);
    let left_out = format!("probe_left_out = {:?}", name.to_string());
    let mut out = parsed(&format!("#[cfg(not({left_out}))]"));
    out.extend(signature.clone());
    out.extend([TokenTree::Group(body)]);
    out.extend(parsed(&format!("#[cfg({left_out})]")));
    out.extend(signature);
    out.extend(parsed("{ ::std::unreachable!() }"));
    out.extend(marker(name));
    Ok(out)
}

const NO_FUNCTION: &str = "`#[check]` stands before a function: `#[check] fn name(inputs: &mut Inputs) { … }`";

/// A type that is called like the function. `probe::main!` names it, so a check can't be listed without its attribute.
fn marker(name: Ident) -> TokenStream {
    let mut out = parsed("#[doc(hidden)] #[allow(non_camel_case_types, dead_code)] pub enum");
    out.extend([TokenTree::Ident(name), TokenTree::Group(Group::new(Delimiter::Brace, TokenStream::new()))]);
    out
}

fn error(message: &str) -> TokenStream {
    let call = parsed(&format!("::std::compile_error! {{ {message:?} }}"));
    call.into_iter()
        .map(|mut token| {
            token.set_span(Span::call_site());
            token
        })
        .collect()
}

/// Tokens of this file's own words.
fn parsed(source: &str) -> TokenStream {
    source.parse().expect("these are tokens")
}
