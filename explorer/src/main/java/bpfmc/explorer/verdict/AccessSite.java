package bpfmc.explorer.verdict;

import java.util.OptionalLong;
import org.eclipse.collections.api.list.ImmutableList;

/**
 * An instruction that touches shared memory, as a search met it, in whatever states.
 *
 * @param place the instruction, and what it does
 * @param subject the bytes that it touches
 * @param level at which it runs ("softirq")
 * @param writes whether it may change them @param stored the number that it stores every time, where that is one constant
 * @param atomic whether it is one indivisible step for other atomic accesses
 * @param held the locks that are owned there every time
 * @param off what is switched off there every time ("interrupts off", "preemption off"), or ""
 */
public record AccessSite(Place place, Subject subject, String level, boolean writes, OptionalLong stored, boolean atomic, ImmutableList<Lock> held, String off) {

    /**
     * A lock that is owned.
     *
     * @param memory where it lies @param own whether that is the element which is touched
     */
    public record Lock(Subject memory, boolean own) {}

    /** {@return what is true of both, which are about the same instruction and bytes} */
    AccessSite and(AccessSite other) {
        return new AccessSite(place, subject, level, writes || other.writes, stored.equals(other.stored) ? stored : OptionalLong.empty(), atomic && other.atomic, held.select(other.held::contains),
                off.equals(other.off) ? off : "");
    }

    /** {@return the same at another place} */
    AccessSite at(Place other) {
        return new AccessSite(other, subject, level, writes, stored, atomic, held, off);
    }
}
