//! Rebuilds when a migration is added: the macro that embeds them does not see new folders by itself.

fn main() {
    println!("cargo:rerun-if-changed=../migrations");
}
