//! A column of personal data without its line in the data map does not build (A02).

enum ShoeSize {}

impl terms::Place for ShoeSize {}

fn main() {}
