//! Who may do what, as it was agreed. A change of `matrix.txt` is a change of who may do what.

use super::rules;

const AGREED: &str = include_str!("../../matrix.txt");

#[test]
fn the_matrix_is_the_agreed_one() {
    let found = rules().matrix();
    if found == AGREED {
        return;
    }
    let differ = found
        .lines()
        .zip(AGREED.lines())
        .find(|(found, agreed)| found != agreed);
    panic!(
        "who may do what has changed; first where (found, agreed): {differ:#?}\n\
         if that is meant, make this the new crates/trust/access/matrix.txt and say so in CHANGELOG.md:\n\n{found}"
    );
}
