"""The world itself: people join through the doors, and what their roles open is what they hold."""


def test_everyone_holds_what_their_role_opens(world):
    assert len(world.nok.ring.compartments) == 7
    assert len(world.mali.ring.compartments) == 4
    assert len(world.wit.ring.compartments) == 2
    assert world.lek.ring.compartments == {}
    assert world.pim.ring.compartments == {}
    assert not set(world.dao.ring.compartments) & set(world.arun.ring.compartments)
