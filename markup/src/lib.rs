//! The notation of the views: markup as in Leptos' `view!`, which becomes elements of one type.
//!
//! Leptos gives each tag and each attribute a type of its own, and the module a copy of the code for each of them. Here all
//! elements are `crate::ui::el::El`, and no part of a view is ever made from an HTML string.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use rstml::node::{KeyedAttribute, Node, NodeAttribute, NodeBlock, NodeElement};
use syn::spanned::Spanned;

/// The tags of drawings.
const SVG: [&str; 3] = ["path", "rect", "svg"];

/// A view: elements, components, texts and blocks.
#[proc_macro]
pub fn html(markup: proc_macro::TokenStream) -> proc_macro::TokenStream {
    let views = rstml::parse(markup).and_then(|nodes| nodes.iter().map(view).collect::<syn::Result<Vec<_>>>());
    let tokens = match views.as_deref() {
        Ok([one]) => one.clone(),
        Ok(many) => quote! { ::std::vec![#(::leptos::prelude::IntoAny::into_any(#many)),*] },
        Err(error) => error.to_compile_error(),
    };
    tokens.into()
}

fn view(node: &Node) -> syn::Result<TokenStream> {
    match node {
        Node::Element(element) if is_component(element) => Ok(quote! { ::leptos::prelude::view! { #element } }),
        Node::Element(element) => html_element(element),
        Node::Text(text) => Ok(text.value.to_token_stream()),
        Node::Block(NodeBlock::ValidBlock(block)) => Ok(match block.stmts.as_slice() {
            [syn::Stmt::Expr(expression, None)] => expression.to_token_stream(),
            _ => block.to_token_stream(),
        }),
        other => Err(syn::Error::new(other.span(), "not a part of a view")),
    }
}

fn is_component(element: &NodeElement<rstml::node::Infallible>) -> bool {
    element.name().to_string().starts_with(char::is_uppercase)
}

fn html_element(element: &NodeElement<rstml::node::Infallible>) -> syn::Result<TokenStream> {
    let tag = element.name().to_string();
    let make = if SVG.contains(&tag.as_str()) { quote!(svg) } else { quote!(el) };
    let attributes = element.attributes().iter().map(attribute).collect::<syn::Result<Vec<_>>>()?;
    let children = element.children.iter().map(view).collect::<syn::Result<Vec<_>>>()?;
    Ok(quote! { crate::ui::el::#make(#tag) #(#attributes)* #(.child(#children))* })
}

fn attribute(attribute: &NodeAttribute) -> syn::Result<TokenStream> {
    match attribute {
        NodeAttribute::Attribute(attribute) => Ok(keyed(attribute)),
        NodeAttribute::Block(block) => Err(syn::Error::new(block.span(), "an attribute has a name")),
    }
}

fn keyed(attribute: &KeyedAttribute) -> TokenStream {
    let key = attribute.key.to_string();
    let value = attribute.value().map_or_else(|| quote!(""), ToTokens::to_token_stream);
    match key.split_once(':') {
        Some(("on", event)) => quote! { .on(#event, #value) },
        Some(("prop", "value")) => quote! { .live_value(#value) },
        None if key == "node_ref" => quote! { .kept_in(#value) },
        _ => quote! { .attribute(#key, #value) },
    }
}
