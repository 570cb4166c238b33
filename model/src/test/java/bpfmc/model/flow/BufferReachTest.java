package bpfmc.model.flow;

import static org.assertj.core.api.Assertions.assertThat;

import bpfmc.model.program.BpfObject;
import bpfmc.model.program.BpfProgram;
import bpfmc.model.program.MapDefinition;
import bpfmc.model.program.load.ObjectReader;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** To which maps the kernel attaches an iterator. */
class BufferReachTest {
    private static final BpfObject OBJECT = ObjectReader.read(Path.of("..", "specs", "iterators", "reads_value.bpf.o"));
    private static final int KEY = 16;
    private static final int VALUE = 24;

    private static BpfProgram program(String name) {
        return OBJECT.programs().detect(p -> p.name().equals(name));
    }

    @Test
    void aProgramNeedsTheBytesThatItTouchesBehindTheAddressItLoads() {
        assertThat(BufferReach.of(program("sum"), VALUE)).isEqualTo(24);
        assertThat(BufferReach.of(program("sum"), KEY)).isZero();
    }

    @Test
    void anIteratorMayBeAttachedToEveryMapWhoseValuesAreLargeEnough() {
        assertThat(IteratedMaps.maps(OBJECT, program("sum")).collect(MapDefinition::name)).containsExactly("flows");
    }

    @Test
    void otherProgramsAreNoIterators() {
        assertThat(IteratedMaps.maps(OBJECT, program("packet"))).isEmpty();
    }
}
