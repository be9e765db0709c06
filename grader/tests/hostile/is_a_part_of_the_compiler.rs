//! tries: to be loaded by the compiler, as a procedural macro is
//! verdict: does-not-compile | does-not-fit
//! place: whole

#![crate_type = "proc-macro"]

extern crate proc_macro;

#[proc_macro]
pub fn attack(_: proc_macro::TokenStream) -> proc_macro::TokenStream {
    loop {}
}
