//! Published vectors first, then properties against the recursive definitions of the RFC.

use proptest::prelude::*;

use super::*;

/// The reference vectors of Certificate Transparency, from
/// <https://github.com/transparency-dev/merkle/blob/582a6ad190b6848f1d26f8bf08ddef29955d9db1/testonly/constants.go>
/// (leaves, nodes and roots) and `testonly/reference_test.go` beside it (proofs).
mod published {
    pub(super) const LEAVES: [&str; 8] = [
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    ];

    pub(super) const ROOTS: [&str; 9] = [
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    ];

    /// Position, size, proof.
    pub(super) const INCLUSION: [(u64, u64, &[&str]); 7] = [
        (0, 1, &[]),
        (
            0,
            2,
            &["96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7"],
        ),
        (
            1,
            2,
            &["6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"],
        ),
        (
            2,
            3,
            &["fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"],
        ),
        (
            1,
            5,
            &[
                "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
                "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
            ],
        ),
        (
            0,
            8,
            &[
                "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
                "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
            ],
        ),
        (
            5,
            8,
            &[
                "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
                "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
                "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            ],
        ),
    ];

    /// Old size, new size, proof.
    pub(super) const CONSISTENCY: [(u64, u64, &[&str]); 4] = [
        (1, 1, &[]),
        (
            1,
            8,
            &[
                "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
                "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
            ],
        ),
        (
            2,
            5,
            &[
                "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
            ],
        ),
        (
            6,
            8,
            &[
                "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
                "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
                "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            ],
        ),
    ];
}

fn bytes(digits: &str) -> Vec<u8> {
    (0..digits.len())
        .step_by(2)
        .map(|at| u8::from_str_radix(digits.get(at..at + 2).unwrap(), 16).unwrap())
        .collect()
}

fn hash(digits: &str) -> Hash {
    bytes(digits).try_into().unwrap()
}

fn hashes(digits: &[&str]) -> Vec<Hash> {
    digits.iter().map(|digits| hash(digits)).collect()
}

fn published_leaves() -> Vec<Hash> {
    published::LEAVES
        .iter()
        .map(|leaf| leaf_hash(&bytes(leaf)))
        .collect()
}

/// MTH of RFC 6962 section 2.1, word for word.
fn mth(leaves: &[Hash]) -> Hash {
    match leaves {
        [] => empty_root(),
        [leaf] => *leaf,
        _ => {
            let (left, right) = leaves.split_at(split_of(leaves.len()));
            node_hash(&mth(left), &mth(right))
        }
    }
}

fn split_of(len: usize) -> usize {
    let mut k = 1;
    while k * 2 < len {
        k *= 2;
    }
    k
}

/// PATH of RFC 6962 section 2.1.1, word for word.
fn path(m: usize, leaves: &[Hash]) -> Vec<Hash> {
    if leaves.len() == 1 {
        return Vec::new();
    }
    let k = split_of(leaves.len());
    let (left, right) = leaves.split_at(k);
    let (mut proof, last) = if m < k {
        (path(m, left), mth(right))
    } else {
        (path(m - k, right), mth(left))
    };
    proof.push(last);
    proof
}

/// SUBPROOF of RFC 6962 section 2.1.2, word for word.
fn subproof(m: usize, leaves: &[Hash], known: bool) -> Vec<Hash> {
    if m == leaves.len() {
        return if known { Vec::new() } else { vec![mth(leaves)] };
    }
    let k = split_of(leaves.len());
    let (left, right) = leaves.split_at(k);
    let (mut proof, last) = if m <= k {
        (subproof(m, left, known), mth(right))
    } else {
        (subproof(m - k, right, false), mth(left))
    };
    proof.push(last);
    proof
}

fn resolve(spans: Option<Vec<Span>>, leaves: &[Hash]) -> Vec<Hash> {
    let leaves_of = |node: Node| {
        let start = usize::try_from(node.index << node.level).unwrap();
        mth(&leaves[start..start + (1 << node.level)])
    };
    spans
        .unwrap()
        .into_iter()
        .map(|span| fold(&span.nodes().into_iter().map(leaves_of).collect::<Vec<_>>()).unwrap())
        .collect()
}

fn inclusion(position: u64, leaves: &[Hash]) -> Vec<Hash> {
    resolve(
        inclusion_spans(position, leaves.len().try_into().unwrap()),
        leaves,
    )
}

fn consistency(old: u64, leaves: &[Hash]) -> Vec<Hash> {
    resolve(
        consistency_spans(old, leaves.len().try_into().unwrap()),
        leaves,
    )
}

#[test]
fn published_roots() {
    let mut frontier = Frontier::default();
    assert_eq!(frontier.root(), hash(published::ROOTS[0]));
    for (leaf, root) in published_leaves().into_iter().zip(&published::ROOTS[1..]) {
        frontier.push(leaf);
        assert_eq!(frontier.root(), hash(root), "size {}", frontier.size());
    }
}

#[test]
fn published_inclusion_proofs() {
    let leaves = published_leaves();
    for (position, size, proof) in published::INCLUSION {
        let at = usize::try_from(size).unwrap();
        let proof = hashes(proof);
        assert_eq!(
            inclusion(position, &leaves[..at]),
            proof,
            "{position} of {size}"
        );
        let leaf = &leaves[usize::try_from(position).unwrap()];
        assert!(verify_inclusion(
            leaf,
            position,
            size,
            &hash(published::ROOTS[at]),
            &proof
        ));
    }
}

#[test]
fn published_consistency_proofs() {
    let leaves = published_leaves();
    for (old, new, proof) in published::CONSISTENCY {
        let root = |size: u64| hash(published::ROOTS[usize::try_from(size).unwrap()]);
        let proof = hashes(proof);
        assert_eq!(
            consistency(old, &leaves[..usize::try_from(new).unwrap()]),
            proof,
            "{old} to {new}"
        );
        assert!(verify_consistency(
            (old, &root(old)),
            (new, &root(new)),
            &proof
        ));
    }
}

#[test]
fn the_ends_of_the_range() {
    assert_eq!(inclusion_spans(0, 0), None);
    assert_eq!(inclusion_spans(8, 8), None);
    assert_eq!(consistency_spans(0, 8), None);
    assert_eq!(consistency_spans(9, 8), None);
    let (empty, other) = (empty_root(), [7; 32]);
    assert!(verify_consistency((0, &empty), (3, &other), &[]));
    assert!(!verify_consistency((0, &other), (3, &other), &[]));
    assert!(!verify_consistency((0, &empty), (3, &other), &[other]));
    assert!(!verify_consistency((4, &other), (3, &other), &[]));
    assert!(!verify_consistency((3, &other), (4, &other), &[]));
    for (size, length) in [(u64::MAX, 65), (u64::MAX - 1, 3), (1 << 63, 64)] {
        let proof = vec![other; length];
        assert!(!verify_inclusion(&other, size - 1, size, &other, &proof));
        assert!(!verify_consistency(
            (size - 1, &other),
            (size, &other),
            &proof
        ));
        assert!(
            inclusion_spans(size - 1, size).is_some()
                && consistency_spans(size - 1, size).is_some()
        );
    }
}

/// A tree and a position in it.
fn tree() -> impl Strategy<Value = (Vec<Hash>, usize)> {
    prop::collection::vec(any::<Hash>(), 1..70).prop_flat_map(|leaves| {
        let positions = 0..leaves.len();
        (Just(leaves), positions)
    })
}

proptest! {
    #[test]
    fn adding_leaf_by_leaf_is_the_recursive_definition(leaves in prop::collection::vec(any::<Hash>(), 0..300)) {
        let frontier: Frontier = leaves.iter().copied().collect();
        prop_assert_eq!(frontier.root(), mth(&leaves));
    }

    #[test]
    fn an_inclusion_proof_holds_for_its_leaf_only((leaves, position) in tree(), bit in any::<usize>(), other in any::<u64>()) {
        let (at, size, root) = (u64::try_from(position).unwrap(), u64::try_from(leaves.len()).unwrap(), mth(&leaves));
        let leaf = leaves[position];
        let proof = inclusion(at, &leaves);
        prop_assert_eq!(&proof, &path(position, &leaves));
        prop_assert!(verify_inclusion(&leaf, at, size, &root, &proof));

        prop_assert!(!verify_inclusion(&flipped(&leaf, bit), at, size, &root, &proof));
        prop_assert!(!verify_inclusion(&leaf, at, size, &flipped(&root, bit), &proof));
        for index in 0..proof.len() {
            let mut wrong = proof.clone();
            wrong[index] = flipped(&wrong[index], bit);
            prop_assert!(!verify_inclusion(&leaf, at, size, &root, &wrong));
            wrong.remove(index);
            prop_assert!(!verify_inclusion(&leaf, at, size, &root, &wrong));
        }
        let longer: Vec<Hash> = proof.iter().copied().chain([root]).collect();
        prop_assert!(!verify_inclusion(&leaf, at, size, &root, &longer));
        for elsewhere in [other, other % size, at + 1, at ^ 1] {
            prop_assert_eq!(verify_inclusion(&leaf, elsewhere, size, &root, &proof), elsewhere == at);
        }
    }

    #[test]
    fn a_consistency_proof_holds_for_its_trees_only((leaves, last) in tree(), bit in any::<usize>()) {
        let (old, new) = (u64::try_from(last + 1).unwrap(), u64::try_from(leaves.len()).unwrap());
        let (old_root, new_root) = (mth(&leaves[..=last]), mth(&leaves));
        let proof = consistency(old, &leaves);
        prop_assert_eq!(&proof, &subproof(last + 1, &leaves, true));
        prop_assert!(verify_consistency((old, &old_root), (new, &new_root), &proof));

        prop_assert!(!verify_consistency((old, &flipped(&old_root, bit)), (new, &new_root), &proof));
        prop_assert!(!verify_consistency((old, &old_root), (new, &flipped(&new_root, bit)), &proof));
        for index in 0..proof.len() {
            let mut wrong = proof.clone();
            wrong[index] = flipped(&wrong[index], bit);
            prop_assert!(!verify_consistency((old, &old_root), (new, &new_root), &wrong));
            wrong.remove(index);
            prop_assert!(!verify_consistency((old, &old_root), (new, &new_root), &wrong));
        }
        let longer: Vec<Hash> = proof.iter().copied().chain([new_root]).collect();
        prop_assert!(!verify_consistency((old, &old_root), (new, &new_root), &longer));
    }
}

fn flipped(hash: &Hash, bit: usize) -> Hash {
    let mut hash = *hash;
    hash[bit / 8 % 32] ^= 1 << (bit % 8);
    hash
}
