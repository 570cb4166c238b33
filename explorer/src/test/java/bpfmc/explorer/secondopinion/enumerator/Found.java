package bpfmc.explorer.secondopinion.enumerator;

import java.util.List;

/**
 * Something that is wrong in some world.
 *
 * @param map whose memory it is about, -1 when none
 * @param places for a lost update the load or lookup, then the store; else in their order
 */
public record Found(Property property, boolean warning, int map, List<Place> places) {
    public enum Property { DATA_RACE, LOST_UPDATE, STALE_ELEMENT, DEADLOCK, LOCK_DISCIPLINE }

    /** @param slot of the instruction */
    public record Place(String program, int slot) implements Comparable<Place> {
        @Override
        public int compareTo(Place other) {
            int c = program.compareTo(other.program);
            return c != 0 ? c : Integer.compare(slot, other.slot);
        }
    }

    static Found of(Property property, boolean warning, int map, List<Place> places) {
        return new Found(property, warning, map, places.stream().sorted().toList());
    }
}
