package bpfmc.model.call;

import static org.assertj.core.api.Assertions.assertThat;

import bpfmc.model.kernel.Helper;
import bpfmc.model.kernel.Helper.Effect;
import bpfmc.model.kernel.Helpers;
import bpfmc.model.kernel.Kfuncs;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Every helper and kernel function has one family, or is known by its prototype alone. */
class CallsTest {
    /** Effects that a prototype does not tell: of such a helper either a family knows, or nobody does and runs stop. */
    private static final Set<Effect> BEYOND = Set.of(Effect.MAP_ELEMENT, Effect.LOCK, Effect.TAIL_CALL, Effect.TIMER);

    private static boolean exists(String function) {
        return Helpers.byName(function.replaceFirst("^bpf_", "")).isPresent() || Kfuncs.known(function) || Kfuncs.known(function + "_impl");
    }

    @Test
    void familiesSpeakForFunctionsThatAKernelHas() {
        Set<String> unknown = new TreeSet<>();
        Calls.families().each(family -> family.functions().each(function -> {
            if (!exists(function)) {
                unknown.add(family.name() + ": " + function);
            }
        }));
        assertThat(unknown).isEmpty();
    }

    @Test
    void familiesHaveNamesOfTheirOwn() {
        assertThat(Calls.families().collect(CallFamily::name)).doesNotHaveDuplicates();
    }

    /** What is left of these stops a run, so it must be said here. */
    @Test
    void helpersThatTouchMapsLocksTimersAndControlHaveAFamilyOrAreNamedHere() {
        Set<String> without = new TreeSet<>();
        for (Helper helper : Helpers.all()) {
            boolean beyond = helper.effects().anySatisfy(BEYOND::contains);
            boolean claimed = Calls.families().anySatisfy(f -> f.functions().contains("bpf_" + helper.name()));
            if (beyond && !claimed) {
                without.add(helper.name());
            }
        }
        assertThat(without).isSubsetOf("sk_redirect_map", "sock_map_update", "sock_hash_update", "msg_redirect_map", "msg_redirect_hash",
                "sk_redirect_hash", "sk_select_reuseport", "redirect_map", "map_push_elem", "map_pop_elem", "map_peek_elem", "per_cpu_ptr", "this_cpu_ptr",
                "cgrp_storage_get", "cgrp_storage_delete", "get_local_storage", "sk_storage_get", "sk_storage_delete", "inode_storage_get",
                "inode_storage_delete");
    }

    @Test
    void aHelperThatUnbindsKeysSaysSo() {
        assertThat(Calls.uses(new Callee.OfHelper(Helpers.byName("map_delete_elem").orElseThrow())).contains(Use.REBINDS)).isTrue();
        assertThat(Calls.uses(new Callee.OfHelper(Helpers.byName("get_prandom_u32").orElseThrow())).contains(Use.REBINDS)).isFalse();
    }

    /** Arguments through which a function reaches no map and no memory but what it is handed. */
    private static final Set<Helper.Argument> HARMLESS = Set.of(Helper.Argument.ANY, Helper.Argument.SIZE, Helper.Argument.IN, Helper.Argument.OUT,
            Helper.Argument.INOUT, Helper.Argument.CONTEXT, Helper.Argument.OBJECT, Helper.Argument.STRING);

    /** What such a function does besides changes no map. */
    private static final Set<Effect> ELSEWHERE = Set.of(Effect.SLEEPS, Effect.CHANGES_PACKET, Effect.CHANGES_CONTEXT, Effect.CLOCK, Effect.CPU, Effect.CONSTANT);

    @Test
    void callsThatCannotTouchMapsOrProgramMemoryEndNoRun() {
        Set<String> ended = new TreeSet<>();
        int harmless = 0;
        for (Helper helper : Helpers.all()) {
            if (HARMLESS.containsAll(helper.arguments().castToList()) && ELSEWHERE.containsAll(helper.effects().castToSet())) {
                harmless++;
                if (Calls.support(new Callee.OfHelper(helper)) instanceof Support.NotModelled) {
                    ended.add(helper.name());
                }
            }
        }
        assertThat(harmless).isGreaterThan(120);
        assertThat(ended).isEmpty();
    }

    @Test
    void whatIsNotModelledSaysWhy() {
        Helpers.all().each(h -> assertThat(why(Calls.support(new Callee.OfHelper(h)))).as(h.name()).isNotBlank());
        Kfuncs.names().each(name -> assertThat(why(Calls.support(name))).as(name).isNotBlank());
    }

    private static String why(Support support) {
        return switch (support) {
            case Support.Exact e -> "exact";
            case Support.Approximated a -> a.how();
            case Support.NotModelled n -> n.why();
        };
    }
}
