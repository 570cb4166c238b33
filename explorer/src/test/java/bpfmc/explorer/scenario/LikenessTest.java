package bpfmc.explorer.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import bpfmc.explorer.scenario.Scenario.AgentPlace;
import bpfmc.model.kernel.Sections;
import bpfmc.model.program.BpfObject;
import bpfmc.model.program.BpfProgram;
import java.util.Optional;
import org.eclipse.collections.impl.factory.Lists;
import org.eclipse.collections.impl.factory.Sets;
import org.eclipse.collections.impl.factory.primitive.IntObjectMaps;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two programs of the same code, each with itself. */
class LikenessTest {
    private static Optional<Likeness> of(String name, String section) {
        var program = new BpfProgram(name, Sections.parse(section), Lists.immutable.empty(), Lists.immutable.empty(), IntObjectMaps.immutable.empty(),
                IntObjectMaps.immutable.empty());
        var object = new BpfObject("alike.o", "", Lists.immutable.with(program), Lists.immutable.empty(), Optional.empty(), Lists.immutable.empty());
        var scenario = new Scenario(object, Lists.immutable.with(new AgentPlace(program, 0), new AgentPlace(program, 1)), 2, CpuRules.DEFAULT, Scenario.Start.ANY,
                Sets.immutable.empty());
        return Likeness.of(scenario, Contexts.OF_SECTIONS);
    }

    @ParameterizedTest
    @CsvSource({"kprobe/vfs_read, kprobe/vfs_write", "tp_btf/block_rq_issue, tp_btf/block_rq_insert", "fexit/vfs_read, fexit/vfs_write", "tc, tc"})
    void areAlikeOnWhateverHook(String one, String other) {
        assertThat(of("one", one)).isPresent().isEqualTo(of("other", other));
    }

    @ParameterizedTest
    @CsvSource({"iter/bpf_map_elem, iter/task", "struct_ops/enqueue, struct_ops/dequeue", "lsm/file_open, lsm/task_alloc", "kprobe/vfs_read, kretprobe/vfs_read",
        "tp_btf/sched_switch, raw_tp/sched_switch", "tc, xdp"})
    void areNotAlikeWhereTheSectionSaysWhatTheyAreHanded(String one, String other) {
        assertThat(of("one", one)).isPresent().isNotEqualTo(of("other", other));
    }
}
