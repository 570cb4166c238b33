package bpfmc.model.verifier;

import bpfmc.model.machine.Machine;
import bpfmc.model.machine.PathHistory;
import bpfmc.model.value.Constant;
import bpfmc.model.value.Facts;
import bpfmc.model.value.Symbol;
import bpfmc.model.value.Term;
import bpfmc.model.value.Terms;
import bpfmc.model.value.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.collections.api.list.ImmutableList;

/**
 * A state from which all ways are followed, kept so that later ways that can do nothing new end there. Its numbers are told apart by
 * bits; those on which something rested on the ways from here are <em>needed</em> (the verifier says precise): a condition that could go
 * only one way, an offset, a size, what a rule looked at. Another state is covered when the needed numbers are.
 */
final class Checkpoint {
    /** Numbers from here on share the last bit. */
    private static final int BITS = 64;

    /** Checkpoints that a round of a loop passes; whether a way has come around a longer one is not found out. */
    private static final int MOST_IN_A_ROUND = 1_000;

    /** A number here. @param always whether it must be covered in any case: it is a part of an address or of the run's own memory */
    private record Number(long place, Term term, int bit, boolean always) {}

    /**
     * A way that came here, or to a state that this one covers.
     *
     * @param way that ended, null for the one that went on from here
     * @param rests for each bit of this checkpoint, the numbers of the segment's checkpoint that it comes from
     */
    record Entry(Segment segment, VerifierPath way, Arrival arrival, long[] rests) {
        /** {@return what the segment's checkpoint must know where this one must know so much} */
        Needs comesFrom(Needs needs) {
            return new Needs(sum(needs.covered()), sum(needs.same()));
        }

        private long sum(long bits) {
            long all = 0;
            for (long left = bits; left != 0; left &= left - 1) {
                all |= rests[Long.numberOfTrailingZeros(left)];
            }
            return all;
        }
    }

    private final Facts facts;
    private final List<Number> numbers = new ArrayList<>();
    private final Map<Symbol, Long> holding = new HashMap<>();
    private final List<Entry> entries = new ArrayList<>();
    private long named;
    private Needs needs = Needs.NONE;
    private final Checkpoint before;
    private final PathHistory trail;
    private final int turns;
    private int hits;
    private int misses;

    private Checkpoint(Facts facts, Checkpoint before, PathHistory trail, int turns) {
        this.facts = facts;
        this.before = before;
        this.trail = trail;
        this.turns = turns;
    }

    /** {@return where nothing is known} */
    static Checkpoint start() {
        return new Checkpoint(Facts.NONE, null, PathHistory.START, 0);
    }

    /** @param way that arrives */
    static Checkpoint of(Arrival arrival, VerifierPath way) {
        var made = new Checkpoint(arrival.facts(), way.segment.from(), way.trail, way.turns);
        int[] next = {0};
        arrival.values().forEach((place, value) -> {
            switch (value) {
                case Value.Scalar s when Places.ofFrames(place) -> made.add(new Number(place, s.term(), Math.min(next[0]++, BITS - 1), false));
                case Value.Scalar s -> made.add(new Number(place, s.term(), 0, true));
                case Value.Pointer p when p.offset() instanceof Constant -> { }
                case Value.Pointer p -> made.add(new Number(place, p.offset(), 0, true));
            }
        });
        return made;
    }

    private void add(Number n) {
        numbers.add(n);
        if (n.always) {
            return;
        }
        Terms.forEachSymbol(n.term, s -> {
            if (s.kind() != Symbol.Kind.FRESH) {
                holding.merge(s, 1L << n.bit, (a, b) -> a | b);
                named |= 1L << n.bit;
            }
        });
    }

    /** Gives each number of the machine that goes on from here its bit. */
    void begin(Machine m) {
        Map<Long, Integer> bits = new HashMap<>();
        numbers.forEach(n -> {
            if (!n.always) {
                bits.put(n.place, n.bit);
            }
        });
        m.packet = m.packet.handedOver(0);
        Places.changeFrames(m, (place, value) -> value instanceof Value.Scalar s ? new Value.Scalar(s.term(), 1L << bits.get(place)) : value);
    }

    /** {@return the numbers that hold an unknown which any way can name: a word of the context} */
    long holding(Symbol symbol) {
        return symbol.kind() == Symbol.Kind.FRESH ? 0 : holding.getOrDefault(symbol, 0L);
    }

    long named() {
        return named;
    }

    Needs needs() {
        return needs;
    }

    /** Notes that something rests on these numbers. {@return those of which that is new} */
    Needs need(Needs numbers) {
        Needs added = numbers.without(needs);
        needs = needs.and(numbers);
        return added;
    }

    List<Entry> entries() {
        return entries;
    }

    /** {@return what an arrival's numbers at the places of this checkpoint's rest on} */
    long[] rests(Segment segment, Arrival arrival) {
        long[] rests = new long[BITS];
        for (Number n : numbers) {
            if (!n.always) {
                rests[n.bit] |= segment.restsOn(arrival.values().get(n.place));
            }
        }
        return rests;
    }

    /** {@return the numbers of the segment's checkpoint that an arrival's addresses and memory rest on} */
    Needs alwaysRests(Segment segment, Arrival arrival) {
        long all = 0;
        for (Number n : numbers) {
            all |= n.always ? segment.restsOn(arrival.values().get(n.place)) : 0;
        }
        return Needs.covered(all);
    }

    /** {@return whether all that an arrival of the same shape can do was followed from here, as far as is known by now} */
    boolean covers(Arrival arrival) {
        var cover = new Cover(facts, arrival.facts());
        for (Number n : numbers) {
            long bit = n.always ? 0 : 1L << n.bit;
            Value value = arrival.values().get(n.place);
            if ((n.always || (needs.covered() & bit) != 0) && !cover.number(n.term, value)
                    || (needs.same() & bit) != 0 && !cover.same(n.term, value)) {
                return false;
            }
        }
        return cover.holds();
    }

    /**
     * {@return the choices of a way that was here, and has come back around a loop that the verifier follows round by round; empty for
     * other ways, and for rounds of very many checkpoints} The verifier ends no way at a state that the way itself has passed, but for loops over iterators, may_goto and callbacks
     * (kernel/bpf/states.c, is_state_visited).
     */
    Optional<ImmutableList<PathHistory.Event>> roundOf(VerifierPath way) {
        int left = MOST_IN_A_ROUND;
        for (Checkpoint c = way.segment.from(); c != null && c.turns == turns && turns == way.turns && left > 0; c = c.before, left--) {
            if (c == this) {
                return Optional.of(way.trail.since(trail));
            }
        }
        return Optional.empty();
    }

    void hit() {
        hits++;
    }

    /** Counts an arrival that is not covered. {@return whether the checkpoint is still worth comparing with} */
    boolean missed() {
        return ++misses <= 32 + 8 * hits;
    }
}
