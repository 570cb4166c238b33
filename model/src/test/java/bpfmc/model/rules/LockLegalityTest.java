package bpfmc.model.rules;

import static org.assertj.core.api.Assertions.assertThat;

import bpfmc.model.kernel.MapType;
import bpfmc.model.kernel.Sections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LockLegalityTest {

    @ParameterizedTest
    @CsvSource({
        "tc, true", "xdp, true", "cgroup_skb/egress, true", "fentry/f, true", "fentry.s/f, true", "tp_btf/f, true",
        "struct_ops/f, true", "lsm.s/bpf, true", "syscall, true", "socket, false", "kprobe/f, false",
        "uprobe.s/a:b, false", "tp/a/b, false", "raw_tp/a, false", "raw_tp.w/a, false", "perf_event, false",
        "nonsense, false"})
    void lockIsAllowedByTypeNotBySleeping(String section, boolean allowed) {
        assertThat(LockLegality.spinLockAllowed(Sections.parse(section))).isEqualTo(allowed);
    }

    @Test
    void lockFitsInMapsWithElementsOfTheirOwn() {
        assertThat(LockLegality.lockAllowedIn(MapType.HASH)).isTrue();
        assertThat(LockLegality.lockAllowedIn(MapType.ARRAY)).isTrue();
        assertThat(LockLegality.lockAllowedIn(MapType.TASK_STORAGE)).isTrue();
        assertThat(LockLegality.lockAllowedIn(MapType.LRU_HASH)).isFalse();
        for (MapType type : MapType.values()) {
            assertThat(type.perCpu() && LockLegality.lockAllowedIn(type)).as(type.name()).isFalse();
        }
    }
}
