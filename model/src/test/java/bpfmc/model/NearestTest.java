package bpfmc.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.eclipse.collections.impl.factory.Lists;
import org.junit.jupiter.api.Test;

class NearestTest {
    @Test
    void theNameWithTheFewestChangesIsMeant() {
        assertThat(Nearest.hint(Lists.immutable.with("count", "cnt", "lock"), "cont")).isEqualTo("; did you mean 'count'?");
        assertThat(Nearest.hint(Lists.immutable.with("hash_map", "array_map"), "hsah_map")).isEqualTo("; did you mean 'hash_map'?");
        assertThat(Nearest.of(Lists.immutable.with("kitten", "sitting"), "")).contains("kitten");
    }

    @Test
    void whereThereIsNoNameNoneIsMeant() {
        assertThat(Nearest.hint(Lists.immutable.empty(), "x")).isEqualTo("; there are none");
    }
}
