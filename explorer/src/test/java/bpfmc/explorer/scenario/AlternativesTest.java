package bpfmc.explorer.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import bpfmc.model.kernel.Sections;
import bpfmc.model.program.BpfProgram;
import org.eclipse.collections.impl.factory.Lists;
import org.eclipse.collections.impl.factory.primitive.IntObjectMaps;
import org.junit.jupiter.api.Test;

class AlternativesTest {
    private static BpfProgram program(String name, String section) {
        return new BpfProgram(name, Sections.parse(section), Lists.immutable.empty(), Lists.immutable.empty(), IntObjectMaps.immutable.empty(),
                IntObjectMaps.immutable.empty());
    }

    private static Alternatives of(BpfProgram... programs) {
        return Alternatives.of(Lists.immutable.with(programs));
    }

    @Test
    void takesTheFormWithBtfOfEachHook() {
        assertThat(of(program("raw", "raw_tp/sched_switch"), program("btf", "tp_btf/sched_switch"), program("plain", "tp/sched/sched_switch")).programs())
                .containsExactly("raw", "plain");
        assertThat(of(program("k", "kprobe/mutex_lock"), program("f", "fentry/mutex_lock"), program("kr", "kretprobe/mutex_lock")).programs()).containsExactly("k");
        assertThat(of(program("s", "fexit.s/inode_rename"), program("k", "kretprobe/inode_rename")).programs()).containsExactly("k");
    }

    @Test
    void takesAllProgramsOfOneFormAndThoseThatHaveNoOther() {
        assertThat(of(program("a", "tp_btf/sched_switch"), program("b", "tp_btf/sched_switch")).programs()).isEmpty();
        assertThat(of(program("a", "raw_tp/sched_switch"), program("b", "tp_btf/sched_wakeup"), program("c", "kprobe/x"), program("d", "kretprobe/x"))).isEqualTo(Alternatives.NONE);
        assertThat(of(program("a", "xdp"), program("b", "tc"), program("c", "kprobe"), program("d", "fentry"))).isEqualTo(Alternatives.NONE);
    }

    @Test
    void pairsWhatIsLoadedOnDemandWithItselfOnly() {
        BpfProgram always = program("always", "tc");
        BpfProgram asked = program("asked", "?tc");
        BpfProgram other = program("other", "?tc");
        Alternatives alternatives = of(always, asked, other);
        assertThat(alternatives.programs()).isEmpty();
        assertThat(alternatives.together(asked, asked)).isTrue();
        assertThat(alternatives.together(always, always)).isTrue();
        assertThat(alternatives.together(always, asked)).isFalse();
        assertThat(alternatives.together(asked, other)).isFalse();
        assertThat(Alternatives.NONE.together(asked, other)).isTrue();
    }
}
