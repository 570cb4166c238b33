package bpfmc.model.program.load;

import static org.assertj.core.api.Assertions.assertThat;

import bpfmc.model.program.ValueLayout;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Which bytes of a value are nobody's data. */
class PaddingTest {
    private static ValueLayout value(String sample, String map) {
        return ObjectReader.read(Path.of("..", "specs", sample)).maps().detect(m -> m.name().equals(map)).value();
    }

    @Test
    void bytesBetweenTheMembersOfAStructAre() {
        ValueLayout flow = value("values/padding.bpf.o", "flows");
        assertThat(flow.isPadding(4, 4)).isTrue();
        assertThat(flow.isPadding(7, 1)).isTrue();
    }

    @Test
    void bytesOfMembersAreNotNorIsARangeThatReachesIntoOne() {
        ValueLayout flow = value("values/padding.bpf.o", "flows");
        assertThat(flow.isPadding(0, 4)).isFalse();
        assertThat(flow.isPadding(0, 8)).isFalse();
        assertThat(flow.isPadding(4, 8)).isFalse();
        assertThat(flow.isPadding(8, 8)).isFalse();
    }

    @Test
    void whereNothingIsKnownOfTheTypeEverythingIsData() {
        assertThat(ValueLayout.opaque(16).isPadding(4, 4)).isFalse();
    }

    @Test
    void aLockIsALeafAndNoPadding() {
        assertThat(value("lock/hash_elem.bpf.o", "hash_map").isPadding(4, 4)).isFalse();
    }
}
