package bpfmc.explorer.livekernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bpfmc.model.InputException;
import bpfmc.model.program.BpfObject;
import bpfmc.model.program.BpfProgram;
import bpfmc.model.program.load.ObjectReader;
import bpfmc.model.value.Key;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.list.primitive.ImmutableByteList;
import org.eclipse.collections.api.map.ImmutableMap;
import org.eclipse.collections.impl.factory.Lists;
import org.eclipse.collections.impl.factory.Maps;
import org.eclipse.collections.impl.factory.primitive.ByteLists;
import org.junit.jupiter.api.Test;

/** The kernel's side of rounds, over a program that adds one under a lock. */
class RoundsTest {
    private static final Path LOCKED = Path.of("..", "specs", "lock", "hash_elem.bpf.o");
    private static final Duration SHORT = Duration.ofMillis(800);
    private static final Place ELEMENT = new Place(0, Key.of(0));

    /** An int that programs add to, and a lock. */
    private static ImmutableMap<Place, Optional<ImmutableByteList>> holding(int number) {
        return Maps.immutable.with(ELEMENT, Optional.of(ByteLists.immutable.with((byte) number, (byte) 0, (byte) 0, (byte) 0, (byte) 0, (byte) 0, (byte) 0, (byte) 0)));
    }

    private static ImmutableList<BpfProgram> twice(BpfObject object) {
        return Lists.immutable.with(object.programs().getFirst(), object.programs().getFirst());
    }

    /** On a machine that has much else to do, the two may miss each other for a while. */
    private static Rounds met(Supplier<Rounds> rounds) {
        Rounds some = rounds.get();
        for (int times = 0; some.met() == 0 && times < 20; times++) {
            some = rounds.get();
        }
        return some;
    }

    @Test
    void memoryIsPutBackBeforeEachRound() {
        BpfObject object = ObjectReader.read(LOCKED);
        try (LiveKernel kernel = Permitted.kernel(); KernelPair pair = KernelPair.of(kernel, LOCKED, object, twice(object))) {
            Rounds rounds = met(() -> Rounds.of(pair, holding(5), SHORT, 1));
            assertThat(rounds.observed().keysView()).containsExactly(new MemoryImage(holding(7), Lists.immutable.with(0, 0)));
            assertThat(rounds.met()).isEqualTo(rounds.observed().valuesView().sumOfLong(n -> n));
        }
    }

    @Test
    void theKernelCountsAndPutsBackByItself() {
        BpfObject object = ObjectReader.read(LOCKED);
        try (LiveKernel kernel = Permitted.kernel(); KernelPair pair = KernelPair.of(kernel, LOCKED, object, twice(object))) {
            Rounds rounds = met(() -> Rounds.repeated(pair, holding(5), Lists.immutable.with(0, 0), SHORT, 1));
            assertThat(rounds.observed().keysView()).containsExactly(new MemoryImage(holding(7), Lists.immutable.with(0, 0)));
            Rounds both = rounds.and(rounds);
            assertThat(both.met()).isEqualTo(2 * rounds.met());
            assertThat(both.observed().valuesView().getOnly()).isEqualTo(2 * rounds.met());
        }
    }

    @Test
    void elementsThatAreAbsentAreNotRepeatedOver() {
        BpfObject object = ObjectReader.read(LOCKED);
        try (LiveKernel kernel = Permitted.kernel(); KernelPair pair = KernelPair.of(kernel, LOCKED, object, twice(object))) {
            assertThat(Rounds.repeated(pair, Maps.immutable.with(ELEMENT, Optional.empty()), Lists.immutable.with(0, 0), SHORT, 1).met()).isZero();
            pair.set(Maps.immutable.with(ELEMENT, Optional.empty()));
            assertThat(pair.get(Lists.immutable.with(ELEMENT)).get(ELEMENT)).isEmpty();
            assertThat(pair.keys(0)).isEmpty();
            pair.set(holding(3));
            assertThat(pair.get(Lists.immutable.with(ELEMENT))).isEqualTo(holding(3));
            assertThat(pair.keys(0)).containsExactly(ByteLists.immutable.with(new byte[4]));
        }
    }

    @Test
    void programsThatTheKernelRefusesAreNotRun() {
        Path path = Path.of("..", "specs", "refused", "missing_unlock.bpf.o");
        BpfObject object = ObjectReader.read(path);
        try (LiveKernel kernel = Permitted.kernel()) {
            assertThatThrownBy(() -> KernelPair.of(kernel, path, object, twice(object))).isInstanceOf(InputException.class).hasMessageContaining("does not make its maps, or load its programs");
        }
    }
}
