package bpfmc.model.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import bpfmc.model.kernel.Helper.Argument;
import bpfmc.model.kernel.Helper.Effect;
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

    @Test
    void tellsArgumentsWhereBtfDoesNot() {
        assertThat(Kfuncs.arguments("bpf_path_d_path").orElseThrow()).containsExactly(Argument.OBJECT, Argument.OUT, Argument.SIZE);
        assertThat(Kfuncs.effects("bpf_xdp_pull_data")).containsExactly(Effect.CHANGES_PACKET);
        assertThat(Kfuncs.arguments("bpf_task_from_pid")).isEmpty();
        assertThat(Kfuncs.arguments("bpf_kfunc_call_test1")).isEmpty();
    }

    @Test
    void memoryIsFollowedByItsSizeAndEverySizeBelongsToMemory() {
        Kfuncs.names().each(name -> Kfuncs.arguments(name).ifPresent(arguments -> {
            for (int i = 0; i < arguments.size(); i++) {
                boolean sized = i + 1 < arguments.size() && arguments.get(i + 1) == Argument.SIZE;
                assertThat(sized).as("argument %d of %s", i + 1, name).isEqualTo(arguments.get(i).sized());
            }
        }));
    }
}
