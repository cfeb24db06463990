//! Reads Rust sources for the paths that they name, so that import rules can be checked.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use syn::visit::{self, Visit};
use syn::{Attribute, File, ItemMod, ItemUse, Macro, UseTree};

/// A path inside of its crate, from the root: `["store", "jobs", "lease"]`.
pub type Named = Vec<String>;

/// All Rust files below a folder, with their module paths.
pub fn files(root: &Path) -> Vec<(Named, PathBuf)> {
    let mut found = Vec::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).expect("a folder of sources") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|end| end == "rs") {
                found.push((module_of(root, &path), path));
            }
        }
    }
    found.sort();
    found
}

fn module_of(root: &Path, file: &Path) -> Named {
    let below = file.strip_prefix(root).expect("a file below the root").with_extension("");
    let mut module: Named = below.iter().map(|part| part.to_string_lossy().into_owned()).collect();
    if module.last().is_some_and(|last| ["mod", "lib"].contains(&last.as_str())) {
        module.pop();
    }
    module
}

/// What a source names: paths of its own crate from the root, and all others as they are written.
#[derive(Debug, Default)]
pub struct Names {
    /// Inside of its crate.
    pub inside: BTreeSet<Named>,
    /// Of other crates.
    pub outside: BTreeSet<Named>,
    /// Of other crates, modules of tests left out.
    pub outside_of_tests: BTreeSet<Named>,
}

/// Everything that the source of a module names, in `use`, in paths, in macros and in attributes.
pub fn names(module: &[String], source: &str) -> Names {
    let file: File = syn::parse_file(source).unwrap_or_else(|error| panic!("{}: {error}", module.join("::")));
    let mut reader = Reader { module: module.to_vec(), in_tests: false, names: Names::default() };
    reader.visit_file(&file);
    reader.names
}

struct Reader {
    module: Named,
    in_tests: bool,
    names: Names,
}

impl Reader {
    fn take(&mut self, path: &[String]) {
        let Some((first, rest)) = path.split_first() else { return };
        let from = |base: &[String]| base.iter().chain(rest).cloned().collect::<Named>();
        match first.as_str() {
            "crate" => self.take_inside(rest.to_vec()),
            "self" => self.take_inside(from(&self.module)),
            "super" => {
                let above = &self.module[..self.module.len().saturating_sub(1)];
                let (rest, above) = climb(rest, above);
                self.take_inside(above.iter().chain(rest).cloned().collect());
            }
            _ => {
                self.names.outside.insert(path.to_vec());
                if !self.in_tests {
                    self.names.outside_of_tests.insert(path.to_vec());
                }
            }
        }
    }

    fn take_inside(&mut self, path: Named) {
        self.names.inside.insert(path);
    }

    fn take_use(&mut self, tree: &UseTree, before: &mut Named) {
        match tree {
            UseTree::Path(path) => {
                before.push(path.ident.to_string());
                self.take_use(&path.tree, before);
                before.pop();
            }
            UseTree::Group(group) => group.items.iter().for_each(|tree| self.take_use(tree, before)),
            UseTree::Name(name) => self.take_leaf(&name.ident.to_string(), before),
            UseTree::Rename(rename) => self.take_leaf(&rename.ident.to_string(), before),
            UseTree::Glob(_) => self.take(&before.clone()),
        }
    }

    fn take_leaf(&mut self, name: &str, before: &[String]) {
        let mut path = before.to_vec();
        path.push(name.to_owned());
        self.take(&path);
    }

    /// Tokens are no syntax yet: whatever follows `crate ::` counts.
    fn take_tokens(&mut self, tokens: &str) {
        let flat: String = tokens.split_whitespace().collect();
        for (place, _) in flat.match_indices("crate::") {
            let word = |c: char| c.is_alphanumeric() || c == '_' || c == ':';
            let path = flat[place..].split(|c| !word(c)).next().unwrap_or_default();
            let path: Named = path.split("::").filter(|part| !part.is_empty()).map(str::to_owned).collect();
            self.take(&path);
        }
    }
}

fn is_for_tests(attribute: &Attribute) -> bool {
    matches!(&attribute.meta, syn::Meta::List(list) if list.path.is_ident("cfg") && list.tokens.to_string() == "test")
}

fn climb<'p>(mut rest: &'p [String], mut above: &'p [String]) -> (&'p [String], &'p [String]) {
    while let Some((_, further)) = rest.split_first().filter(|(first, _)| *first == "super") {
        rest = further;
        above = &above[..above.len().saturating_sub(1)];
    }
    (rest, above)
}

impl<'ast> Visit<'ast> for Reader {
    fn visit_item_use(&mut self, item: &'ast ItemUse) {
        self.take_use(&item.tree, &mut Vec::new());
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        let segments: Named = path.segments.iter().map(|segment| segment.ident.to_string()).collect();
        self.take(&segments);
        visit::visit_path(self, path);
    }

    fn visit_item_mod(&mut self, item: &'ast ItemMod) {
        let before = self.in_tests;
        self.in_tests |= item.attrs.iter().any(is_for_tests);
        self.module.push(item.ident.to_string());
        visit::visit_item_mod(self, item);
        self.module.pop();
        self.in_tests = before;
    }

    fn visit_macro(&mut self, found: &'ast Macro) {
        self.take_tokens(&found.tokens.to_string());
        visit::visit_macro(self, found);
    }

    fn visit_attribute(&mut self, attribute: &'ast Attribute) {
        if let syn::Meta::List(list) = &attribute.meta {
            self.take_tokens(&list.tokens.to_string());
        }
        visit::visit_attribute(self, attribute);
    }
}
