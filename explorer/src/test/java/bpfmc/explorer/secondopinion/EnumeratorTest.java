package bpfmc.explorer.secondopinion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bpfmc.explorer.secondopinion.Assembler.Label;
import bpfmc.explorer.secondopinion.enumerator.Enumerator;
import bpfmc.explorer.secondopinion.enumerator.Enumerator.End;
import bpfmc.explorer.secondopinion.enumerator.Found;
import bpfmc.explorer.secondopinion.enumerator.Found.Place;
import bpfmc.explorer.secondopinion.enumerator.Found.Property;
import bpfmc.explorer.secondopinion.enumerator.NotEnumerated;
import bpfmc.model.isa.AluOp;
import bpfmc.model.isa.AtomicOp;
import bpfmc.model.isa.Condition;
import bpfmc.model.isa.Register;
import bpfmc.model.isa.Size;
import bpfmc.model.program.BpfProgram;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The enumerator itself, on programs of which everything can be said by hand. */
class EnumeratorTest {
    private static final Given ZEROES = new Given(0, List.of(0, 0, 0));

    private static Enumerator.Result enumerate(int room, BpfProgram... programs) {
        return Enumerator.enumerate(Translation.of(SmallSystem.onCpus(room, programs), ZEROES).orElseThrow(), 10_000);
    }

    /** {@return what the first byte of the data can be in the end} */
    private static Set<Integer> data(Enumerator.Result result) {
        return result.ends().stream().map(e -> e.contents().get(RandomObjects.DATA + "/0/0").getFirst()).collect(Collectors.toCollection(TreeSet::new));
    }

    private static BpfProgram increment() {
        return new Assembler().data(Register.R6, RandomObjects.DATA, 0).load(Size.DOUBLE, Register.R8, Register.R6, 0).alu(AluOp.ADD, Register.R8, 1)
                .store(Size.DOUBLE, Register.R6, 0, Register.R8).exit().program("increment", "tc");
    }

    @Test
    void twoIncrementsMayCountOnce() {
        Enumerator.Result result = enumerate(1, increment(), increment());
        assertThat(data(result)).containsExactly(1, 2);
        Place load = new Place("increment", 2);
        Place store = new Place("increment", 4);
        assertThat(result.found()).containsExactlyInAnyOrder(
                new Found(Property.DATA_RACE, true, RandomObjects.DATA, List.of(load, store)),
                new Found(Property.DATA_RACE, false, RandomObjects.DATA, List.of(store, store)),
                new Found(Property.LOST_UPDATE, false, RandomObjects.DATA, List.of(load, store)));
    }

    /** Each run stands at its start, two steps and its end, and what they have loaded makes more of it. */
    @Test
    void worldsAreCountedOnce() {
        BpfProgram nothing = new Assembler().exit().program("nothing", "tc");
        assertThat(enumerate(1, nothing, nothing).worlds()).isEqualTo(9);
        assertThat(enumerate(1, increment(), increment()).worlds()).isGreaterThan(16);
    }

    @Test
    void atomicIncrementsAllCount() {
        BpfProgram add = new Assembler().data(Register.R6, RandomObjects.DATA, 0).move(Register.R8, 1)
                .atomic(AtomicOp.ADD, false, Size.DOUBLE, Register.R6, 0, Register.R8).exit().program("add", "tc");
        Enumerator.Result result = enumerate(1, add, add, add);
        assertThat(data(result)).containsExactly(3);
        assertThat(result.found()).isEmpty();
    }

    @Test
    void anExchangeOfWhatWasComparedLosesNothingAndOneOfAnOlderLoadDoes() {
        for (boolean older : new boolean[] {false, true}) {
            Assembler a = new Assembler().data(Register.R6, RandomObjects.DATA, 0).load(Size.DOUBLE, Register.R7, Register.R6, 0);
            a = older ? a.load(Size.DOUBLE, Register.R0, Register.R6, 0) : a.move(Register.R0, Register.R7);
            BpfProgram p = a.alu(AluOp.ADD, Register.R7, 1).atomic(AtomicOp.CMPXCHG, true, Size.DOUBLE, Register.R6, 0, Register.R7).exit().program("p", "tc");
            Set<Property> found = enumerate(1, p, p).found().stream().map(Found::property).collect(Collectors.toSet());
            assertThat(found.contains(Property.LOST_UPDATE)).isEqualTo(older);
        }
    }

    private static Assembler key(Assembler a, int key) {
        return a.store(Size.WORD, Register.R10, -8, key).map(Register.R1, RandomObjects.HASH).stack(Register.R2, -8);
    }

    private static Assembler insert(Assembler a, int key, int flags) {
        return key(a.store(Size.DOUBLE, Register.R10, -24, 7), key).stack(Register.R3, -24).move(Register.R4, flags).call(2);
    }

    @Test
    void aMapOfOneEntryNeverTakesTwo() {
        Label end = new Label();
        Assembler a = insert(new Assembler(), 0, 0).branch(Condition.NE, Register.R0, 0, end);
        BpfProgram both = insert(a, 1, 0).branch(Condition.NE, Register.R0, 0, end).data(Register.R6, RandomObjects.DATA, 0)
                .store(Size.DOUBLE, Register.R6, 0, 9).label(end).exit().program("both", "tc");
        assertThat(data(enumerate(1, both))).doesNotContain(9);
        assertThat(data(enumerate(2, both))).contains(9);
    }

    @Test
    void anUpdateSaysWhatBecameOfTheKey() {
        for (int flags = 0; flags < 3; flags++) {
            BpfProgram p = insert(new Assembler(), 0, flags).data(Register.R6, RandomObjects.DATA, 0).store(Size.DOUBLE, Register.R6, 0, Register.R0).exit()
                    .program("p", "tc");
            List<Set<Integer>> results = List.of(Set.of(0, -7 & 255), Set.of(0, -7 & 255, -17 & 255), Set.of(0, -2 & 255));
            assertThat(data(enumerate(1, p))).isEqualTo(new TreeSet<>(results.get(flags)));
        }
    }

    private static BpfProgram lookupThenStore() {
        Label end = new Label();
        return key(new Assembler(), 0).call(1).branch(Condition.EQ, Register.R0, 0, end).store(Size.DOUBLE, Register.R0, 0, 5).label(end).exit()
                .program("late", "tc");
    }

    /** In a map of one entry whoever inserts another key after a deletion gets the very element: the late store lands in it. */
    @Test
    void aDeletedElementIsUsedAgain() {
        BpfProgram swap = insert(key(new Assembler(), 0).call(3), 1, 0).exit().program("swap", "tc");
        Enumerator.Result result = enumerate(1, lookupThenStore(), swap);
        assertThat(result.found().stream().map(Found::property)).containsOnly(Property.STALE_ELEMENT);
        Set<Integer> ofOne = result.ends().stream().map(End::contents).map(c -> c.getOrDefault(RandomObjects.HASH + "/1/0", List.of()))
                .filter(v -> !v.isEmpty()).map(List::getFirst).collect(Collectors.toSet());
        assertThat(ofOne).contains(5, 7);
    }

    @Test
    void locksAreWaitedForAndAnOwnLockForEver() {
        Label end = new Label();
        Assembler a = new Assembler().store(Size.WORD, Register.R10, -8, 0).map(Register.R1, RandomObjects.LOCKED).stack(Register.R2, -8).call(1)
                .branch(Condition.EQ, Register.R0, 0, end).move(Register.R6, Register.R0).move(Register.R1, Register.R6).call(93);
        BpfProgram twice = a.move(Register.R1, Register.R6).call(93).label(end).exit().program("twice", "tc");
        Enumerator.Result result = enumerate(1, twice);
        assertThat(result.found().stream().map(Found::property)).containsExactlyInAnyOrder(Property.LOCK_DISCIPLINE, Property.DEADLOCK);
        assertThat(result.ends()).noneMatch(End::ended);
    }

    @Test
    void whatItDoesNotKnowItSays() {
        BpfProgram clock = new Assembler().call(5).exit().program("clock", "tc");
        assertThatThrownBy(() -> enumerate(1, clock)).isInstanceOf(NotEnumerated.class).hasMessageContaining("helper 5");
        BpfProgram[] many = IntStream.range(0, 3).mapToObj(i -> increment()).toArray(BpfProgram[]::new);
        assertThatThrownBy(() -> Enumerator.enumerate(Translation.of(SmallSystem.onCpus(1, many), ZEROES).orElseThrow(), 20))
                .isInstanceOf(NotEnumerated.class).hasMessageContaining("20 worlds");
    }
}
