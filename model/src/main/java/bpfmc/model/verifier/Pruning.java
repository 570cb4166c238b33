package bpfmc.model.verifier;

import bpfmc.model.machine.PathHistory;
import bpfmc.model.thread.Canonical;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.eclipse.collections.api.list.ImmutableList;

/**
 * Ends ways that can do nothing new, as the verifier prunes (kernel/bpf/states.c, is_state_visited), and like it by what later turned out
 * to be needed (mark_chain_precision).
 *
 * <p>A way is ended as soon as a checkpoint covers it by what is needed <em>so far</em>, loops included. When more of the checkpoint's
 * numbers turn out to be needed, the ways that it ended are looked at again, and go on where they are not covered any more; and what
 * their own past must agree in grows with it. So in the end each way that was ended is covered, and all that a checkpoint stands for
 * behaves as the ways that were followed from it: at every condition these went both ways, or the one way that the needed numbers fix.
 */
final class Pruning {
    private record Need(Checkpoint at, Needs numbers) {}

    private final Map<Arrival.Shape, List<Checkpoint>> met = new HashMap<>();
    private final Map<Integer, Integer> states = new HashMap<>();
    private final Consumer<VerifierPath> work;
    private final int related;
    private final Deque<Need> needs = new ArrayDeque<>();
    private Checkpoint covering;
    private int all;

    /** @param work takes ways that go on after all @param related so many states at one slot before a run knows no more than the verifier */
    Pruning(Consumer<VerifierPath> work, int related) {
        this.related = related;
        this.work = work;
    }

    /** {@return the number of states kept at a slot} */
    int statesAt(int slot) {
        return states.getOrDefault(slot, 0);
    }

    /** {@return the number of states kept} */
    int states() {
        return all;
    }

    /** {@return whether the way goes on, with a new checkpoint} Its machine has forgotten what is not read any more. */
    boolean arrives(VerifierPath way) {
        if (statesAt(way.machine.pc) < related) {
            Generalised.alone(way);
        } else {
            Generalised.asTheVerifierKnows(way);
            Canonical.forgetFacts(way.machine);
        }
        Arrival arrival = Arrival.of(way);
        covering = null;
        List<Checkpoint> before = met.computeIfAbsent(arrival.shape(), s -> new ArrayList<>());
        for (int i = before.size() - 1; i >= 0; i--) {
            Checkpoint old = before.get(i);
            if (old.covers(arrival)) {
                old.hit();
                covering = old;
                enter(old, way, arrival, way);
                return false;
            }
            if (!old.missed()) {
                before.remove(i);
            }
        }
        Checkpoint next = Checkpoint.of(arrival, way);
        before.add(next);
        all++;
        states.merge(way.machine.pc, 1, Integer::sum);
        enter(next, way, arrival, null);
        next.begin(way.machine);
        way.segment = new Segment(next, null);
        return true;
    }

    /** {@return the choices of the last round of a way that has just ended, where it has come around a loop} @see Checkpoint#roundOf */
    Optional<ImmutableList<PathHistory.Event>> roundOf(VerifierPath ended) {
        return Optional.ofNullable(covering).flatMap(c -> c.roundOf(ended));
    }

    private void enter(Checkpoint at, VerifierPath way, Arrival arrival, VerifierPath ended) {
        var entry = new Checkpoint.Entry(way.segment, ended, arrival, at.rests(way.segment, arrival));
        at.entries().add(entry);
        need(way.segment.from(), entry.comesFrom(at.needs()).and(at.alwaysRests(way.segment, arrival)));
    }

    /** Notes that what happens next rests on these numbers of a checkpoint. */
    void need(Checkpoint at, Needs numbers) {
        needs.add(new Need(at, numbers));
        while (!needs.isEmpty()) {
            Need next = needs.poll();
            Needs added = next.at.need(next.numbers);
            if (!added.isEmpty()) {
                spread(next.at, added);
            }
        }
    }

    private void spread(Checkpoint at, Needs added) {
        for (Iterator<Checkpoint.Entry> entries = at.entries().iterator(); entries.hasNext();) {
            Checkpoint.Entry entry = entries.next();
            if (entry.way() != null && !at.covers(entry.arrival())) {
                entries.remove();
                entry.way().held = true;
                work.accept(entry.way());
            } else {
                needs.add(new Need(entry.segment().from(), entry.comesFrom(added)));
            }
        }
    }
}
