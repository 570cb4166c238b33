package bpfmc.model.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class KfuncsTest {
    private static boolean sleeps(String name, String version) {
        return Kfuncs.sleeps(name, KernelVersion.parse(version));
    }

    @Test
    void tellsFunctionsOfTheKernelFromThoseOfModules() {
        assertThat(Kfuncs.known("bpf_rcu_read_lock")).isTrue();
        assertThat(Kfuncs.known("bpf_kfunc_call_test1")).isFalse();
        assertThat(Kfuncs.known("")).isFalse();
    }

    @Test
    void tellsWhichMaySleepInWhichRelease() {
        assertThat(sleeps("bpf_copy_from_user_str", "6.18")).isTrue();
        assertThat(sleeps("bpf_task_from_pid", "6.18")).isFalse();
        assertThat(sleeps("bpf_arena_alloc_pages", "6.18")).isTrue();
        assertThat(sleeps("bpf_arena_alloc_pages", "7.3")).isFalse();
        assertThat(sleeps("bpf_kfunc_call_test1", "6.18")).isFalse();
    }
}
