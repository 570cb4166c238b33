package bpfmc.model.rules;

import static org.assertj.core.api.Assertions.assertThat;

import bpfmc.model.kernel.MapType;
import bpfmc.model.program.BpfObject;
import bpfmc.model.program.MapDefinition.DataSection;
import bpfmc.model.program.MapDefinition;
import bpfmc.model.program.ValueLayout;
import java.util.Optional;
import org.eclipse.collections.api.factory.Lists;
import org.junit.jupiter.api.Test;

class KernelNamesTest {
    private static String name(String object, String map, boolean data) {
        var definition = new MapDefinition(0, map, MapType.ARRAY, 4, 8, 1, 0, ValueLayout.opaque(8), ValueLayout.opaque(4),
                data ? Optional.of(new DataSection(DataSection.Kind.BSS, new byte[8])) : Optional.empty(), Optional.empty());
        return KernelNames.of(new BpfObject(object, "GPL", Lists.immutable.empty(), Lists.immutable.with(definition), Optional.empty(),
                Lists.immutable.empty()), definition);
    }

    @Test
    void putTheObjectBeforePlainDataSections() {
        assertThat(name("counters.bpf.o", ".bss", true)).isEqualTo("counters.bss");
        assertThat(name("rate-limiter.bpf.o", ".rodata", true)).isEqualTo("rate_lim.rodata");
        assertThat(name("rate-limiter.bpf.o", ".kconfig", true)).isEqualTo("rate_li.kconfig");
    }

    @Test
    void keepOthersAsFarAsTheKernelDoes() {
        assertThat(name("a.bpf.o", ".data.A", true)).isEqualTo(".data.A");
        assertThat(name("a.bpf.o", ".bss", false)).isEqualTo(".bss");
        assertThat(name("a.bpf.o", "a_map_with_a_long_name", false)).isEqualTo("a_map_with_a_lo");
    }
}
