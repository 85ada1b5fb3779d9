"""The Merkle arithmetic: known answers, pymerkle as oracle, and properties."""

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pymerkle import InmemoryTree

from romyen.rules import ledger

# The eight leaves of the test tree that Certificate Transparency's implementations share.
CT_LEAVES = [
    bytes.fromhex(text)
    for text in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
CT_ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


def hashes(count: int) -> list[bytes]:
    return [ledger.leaf_hash(b"entry %d" % number) for number in range(count)]


def test_the_roots_of_the_ct_test_tree():
    leaves = [ledger.leaf_hash(data) for data in CT_LEAVES]
    tree = ledger.Tree(leaves)
    for size, root in enumerate(CT_ROOTS, start=1):
        assert ledger.root_of(leaves[:size]).hex() == root
        assert tree.root(size).hex() == root


def test_the_empty_tree_has_the_hash_of_nothing():
    assert ledger.root_of([]) == ledger.Tree().root() == sha256(b"").digest()
    assert ledger.Frontier().root() == ledger.EMPTY_ROOT


def test_the_known_inclusion_path_of_the_ct_test_tree():
    tree = ledger.Tree(ledger.leaf_hash(data) for data in CT_LEAVES)
    assert [step.hex() for step in tree.inclusion_proof(0, 8)] == [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ]


def test_the_known_consistency_path_of_the_ct_test_tree():
    tree = ledger.Tree(ledger.leaf_hash(data) for data in CT_LEAVES)
    assert [step.hex() for step in tree.consistency_proof(6, 8)] == [
        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ]


def test_pymerkle_finds_the_same_roots_and_accepts_the_same_proofs():
    oracle, ours = InmemoryTree(algorithm="sha256"), ledger.Tree()
    for number in range(70):
        data = b"entry %d" % number
        oracle.append_entry(data)
        ours.append(ledger.leaf_hash(data))
        size = number + 1
        assert oracle.get_root() == ours.root()
        for index in range(size):
            theirs = oracle.prove_inclusion(index + 1, size)
            assert theirs.path[0] == ledger.leaf_hash(b"entry %d" % index)
            assert theirs.path[1:] == ours.inclusion_proof(index, size)


def test_every_proof_of_small_trees_verifies_and_fits_nothing_else():
    leaves = hashes(33)
    tree = ledger.Tree(leaves)
    for size in range(1, 34):
        root = tree.root(size)
        for index in range(size):
            path = tree.inclusion_proof(index, size)
            fits = [
                at
                for at in range(-1, size + 2)
                if ledger.verify_inclusion(leaves[index], at, size, path, root)
            ]
            assert fits == [index]
        for old in range(size + 1):
            path = tree.consistency_proof(old, size)
            assert ledger.verify_consistency(old, size, tree.root(old), root, path)


sizes = st.integers(min_value=1, max_value=200)


@st.composite
def inclusions(draw):
    size = draw(sizes)
    return size, draw(st.integers(min_value=0, max_value=size - 1))


@st.composite
def two_sizes(draw):
    new = draw(st.integers(min_value=2, max_value=200))
    return draw(st.integers(min_value=1, max_value=new - 1)), new


def flipped(data: bytes, bit: int) -> bytes:
    spot = bit % (len(data) * 8)
    return data[: spot // 8] + bytes([data[spot // 8] ^ 1 << spot % 8]) + data[spot // 8 + 1 :]


@given(inclusions(), st.integers(min_value=0))
def test_any_flipped_bit_breaks_an_inclusion_proof(case, bit):
    size, index = case
    leaves = hashes(size)
    tree = ledger.Tree(leaves)
    path, root = tree.inclusion_proof(index), tree.root()
    assert ledger.verify_inclusion(leaves[index], index, size, path, root)
    assert not ledger.verify_inclusion(flipped(leaves[index], bit), index, size, path, root)
    assert not ledger.verify_inclusion(leaves[index], index, size, path, flipped(root, bit))
    for step in range(len(path)):
        broken = [*path[:step], flipped(path[step], bit), *path[step + 1 :]]
        assert not ledger.verify_inclusion(leaves[index], index, size, broken, root)


@given(inclusions(), st.binary(min_size=32, max_size=32))
def test_a_longer_or_shorter_inclusion_path_fails(case, extra):
    size, index = case
    leaves = hashes(size)
    tree = ledger.Tree(leaves)
    path, root = tree.inclusion_proof(index), tree.root()
    assert not ledger.verify_inclusion(leaves[index], index, size, [*path, extra], root)
    assert not ledger.verify_inclusion(leaves[index], index, size, [extra, *path], root)
    if path:
        assert not ledger.verify_inclusion(leaves[index], index, size, path[:-1], root)
        cut = [*path[:-1], path[-1][:-1]]
        assert not ledger.verify_inclusion(leaves[index], index, size, cut, root)


@given(two_sizes(), st.integers(min_value=0))
def test_any_flipped_bit_breaks_a_consistency_proof(case, bit):
    old, new = case
    tree = ledger.Tree(hashes(new))
    path, before, after = tree.consistency_proof(old, new), tree.root(old), tree.root(new)
    assert ledger.verify_consistency(old, new, before, after, path)
    assert not ledger.verify_consistency(old, new, flipped(before, bit), after, path)
    assert not ledger.verify_consistency(old, new, before, flipped(after, bit), path)
    for step in range(len(path)):
        broken = [*path[:step], flipped(path[step], bit), *path[step + 1 :]]
        assert not ledger.verify_consistency(old, new, before, after, broken)
    assert not ledger.verify_consistency(old, new, before, after, [*path, before])
    assert not ledger.verify_consistency(old, new, before, after, path[:-1])


@given(two_sizes(), st.integers(min_value=0, max_value=199))
def test_a_changed_past_has_no_consistency_proof(case, where):
    old, new = case
    leaves = hashes(new)
    honest = ledger.Tree(leaves)
    leaves[where % old] = ledger.leaf_hash(b"changed")
    forged = ledger.Tree(leaves)
    path = forged.consistency_proof(old, new)
    assert not ledger.verify_consistency(old, new, honest.root(old), forged.root(new), path)


@given(sizes)
def test_the_frontier_carries_on_after_being_stored(size):
    leaves = hashes(size)
    frontier = ledger.Frontier()
    for leaf in leaves:
        frontier.append(leaf)
        frontier = ledger.Frontier.load(frontier.size, frontier.dump())
    assert frontier.root() == ledger.Tree(leaves).root()
    assert len(frontier.peaks) == size.bit_count()


def test_equal_and_empty_sizes_need_no_proof_but_the_same_root():
    tree = ledger.Tree(hashes(5))
    root = tree.root()
    assert ledger.verify_consistency(5, 5, root, root, [])
    assert not ledger.verify_consistency(5, 5, root, tree.root(4), [])
    assert not ledger.verify_consistency(5, 5, root, root, [root])
    assert ledger.verify_consistency(0, 5, ledger.EMPTY_ROOT, root, [])
    assert not ledger.verify_consistency(0, 5, root, root, [])
    assert not ledger.verify_consistency(6, 5, root, root, [])


@pytest.mark.parametrize(
    "ask",
    [
        lambda tree: tree.root(6),
        lambda tree: tree.root(-1),
        lambda tree: tree.inclusion_proof(5),
        lambda tree: tree.inclusion_proof(-1),
        lambda tree: tree.inclusion_proof(2, 6),
        lambda tree: tree.consistency_proof(4, 3),
        lambda tree: tree.consistency_proof(3, 6),
        lambda tree: tree.append(b"short"),
        lambda tree: ledger.Frontier.load(3, b"\0" * 32),
        lambda tree: ledger.Frontier.load(-1, b""),
    ],
)
def test_impossible_questions_are_errors(ask):
    with pytest.raises(ValueError):
        ask(ledger.Tree(hashes(5)))
