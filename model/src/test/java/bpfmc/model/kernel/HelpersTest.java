package bpfmc.model.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import bpfmc.model.kernel.Helper.Argument;
import bpfmc.model.kernel.Helper.Effect;
import bpfmc.model.kernel.Helper.Result;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.collections.api.list.ImmutableList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HelpersTest {
    @Test
    void helpersAreNumberedFromOneWithoutAGap() {
        assertThat(Helpers.all()).hasSize(211);
        for (int id = 1; id <= 211; id++) {
            assertThat(Helpers.byId(id).orElseThrow().id()).isEqualTo(id);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 212, Integer.MAX_VALUE, Integer.MIN_VALUE})
    void otherNumbersAreNoHelpers(int id) {
        assertThat(Helpers.byId(id)).isEmpty();
    }

    @Test
    void aCallHasFiveArgumentsAtMost() {
        assertThat(Helpers.all().collect(h -> h.arguments().size())).allMatch(count -> count <= 5);
    }

    @Test
    void memoryIsFollowedByItsSizeAndEverySizeBelongsToMemory() {
        for (Helper helper : Helpers.all()) {
            ImmutableList<Argument> arguments = helper.arguments();
            for (int i = 0; i < arguments.size(); i++) {
                boolean memory = arguments.get(i).sized();
                boolean sized = i + 1 < arguments.size() && arguments.get(i + 1) == Argument.SIZE;
                assertThat(sized).as("argument %d of %s", i + 1, helper.name()).isEqualTo(memory);
            }
        }
    }

    @Test
    void keysAndValuesComeAfterTheMapTheyBelongTo() {
        for (Helper helper : Helpers.all()) {
            int map = helper.arguments().indexOf(Argument.MAP);
            helper.arguments().forEachWithIndex((argument, i) -> {
                if (argument == Argument.KEY || argument == Argument.VALUE || argument == Argument.VALUE_OUT) {
                    assertThat(map).as(helper.name()).isBetween(0, i - 1);
                }
            });
        }
    }

    @Test
    void callbacksHaveAContextAndRunCode() {
        for (Helper helper : Helpers.all()) {
            boolean calls = helper.arguments().contains(Argument.CALLBACK);
            assertThat(helper.effects().contains(Effect.CALLS_BACK)).as(helper.name()).isEqualTo(calls);
            int context = helper.arguments().indexOf(Argument.CALLBACK_CONTEXT);
            if (calls && !helper.effects().contains(Effect.TIMER)) {
                assertThat(context).as(helper.name()).isEqualTo(helper.arguments().indexOf(Argument.CALLBACK) + 1);
            }
        }
    }

    /** Where a program's memory changes: forgetting one of these would make proofs wrong. */
    @Test
    void everyHelperThatWritesTheProgramsMemoryIsKnownToDoSo() {
        Set<String> writers = new TreeSet<>(Helpers.all().select(h -> h.arguments().anySatisfy(Argument::writes))
                .collect(Helper::name).castToList());
        assertThat(writers).containsExactlyInAnyOrder("probe_read", "probe_read_str", "probe_read_user", "probe_read_kernel",
                "probe_read_user_str", "probe_read_kernel_str", "copy_from_user", "copy_from_user_task", "get_current_comm",
                "skb_get_tunnel_key", "skb_get_tunnel_opt", "skb_load_bytes", "skb_load_bytes_relative", "skb_get_xfrm_state",
                "xdp_load_bytes", "perf_event_read_value", "perf_prog_read_value", "read_branch_records",
                "get_branch_snapshot", "getsockopt", "get_stack", "get_task_stack", "fib_lookup", "map_pop_elem",
                "map_peek_elem", "sysctl_get_name", "sysctl_get_current_value", "sysctl_get_new_value", "strtol", "strtoul",
                "get_ns_current_pid_tgid", "load_hdr_opt", "d_path", "snprintf_btf", "snprintf", "ima_inode_hash",
                "ima_file_hash", "check_mtu", "sys_bpf", "kallsyms_lookup_name", "get_func_arg", "get_func_ret",
                "dynptr_from_mem", "dynptr_read");
    }

    /** net/core/filter.c, bpf_helper_changes_pkt_data; a tail call has an effect of its own. */
    @Test
    void everyHelperAfterWhichPacketAddressesAreInvalidIsKnownToBeOne() {
        assertThat(Helpers.all().select(h -> h.effects().contains(Effect.CHANGES_PACKET)).collect(Helper::name)).contains(
                "clone_redirect", "l3_csum_replace", "l4_csum_replace", "lwt_push_encap", "lwt_seg6_action",
                "lwt_seg6_adjust_srh", "lwt_seg6_store_bytes", "msg_pop_data", "msg_pull_data", "msg_push_data",
                "skb_adjust_room", "skb_change_head", "skb_change_proto", "skb_change_tail", "skb_pull_data",
                "skb_store_bytes", "skb_vlan_pop", "skb_vlan_push", "store_hdr_opt", "xdp_adjust_head", "xdp_adjust_meta",
                "xdp_adjust_tail");
    }

    @ParameterizedTest
    @CsvSource({
        "1, map_lookup_elem, POINTER_OR_NULL, MAP KEY",
        "2, map_update_elem, U64, MAP KEY VALUE ANY",
        "5, ktime_get_ns, U64, ''",
        "8, get_smp_processor_id, U32, ''",
        "12, tail_call, U64, CONTEXT MAP ANY",
        "28, csum_diff, U64, IN SIZE IN SIZE ANY",
        "41, set_hash_invalid, VOID, CONTEXT",
        "69, fib_lookup, U64, CONTEXT INOUT SIZE ANY",
        "88, map_pop_elem, U64, MAP VALUE_OUT",
        "93, spin_lock, U64, LOCK",
        "105, strtol, U64, IN SIZE ANY OUT8",
        "107, sk_storage_get, POINTER_OR_NULL, MAP OBJECT VALUE ANY",
        "113, probe_read_kernel, U64, OUT SIZE OBJECT",
        "130, ringbuf_output, U64, MAP IN SIZE ANY",
        "163, check_mtu, U64, CONTEXT ANY INOUT4 ANY ANY",
        "169, timer_init, U64, TIMER MAP ANY",
        "181, loop, U64, ANY CALLBACK CALLBACK_CONTEXT ANY",
        "186, get_retval, S32, ''",
        "195, map_lookup_percpu_elem, POINTER_OR_NULL, MAP KEY ANY",
        "158, get_current_task_btf, POINTER, ''",
        "206, tcp_raw_check_syncookie_ipv4, U64, IN20 IN20",
        "209, user_ringbuf_drain, U64, MAP CALLBACK CALLBACK_CONTEXT ANY",
        "211, cgrp_storage_delete, U64, MAP OBJECT"})
    void prototypesAreTheKernels(int id, String name, Result result, String arguments) {
        Helper helper = Helpers.byId(id).orElseThrow();
        assertThat(helper.name()).isEqualTo(name);
        assertThat(helper.result()).isEqualTo(result);
        assertThat(helper.arguments().makeString(" ")).isEqualTo(arguments);
    }

    @ParameterizedTest
    @CsvSource({"93, LOCK", "94, LOCK", "12, TAIL_CALL", "131, RING_BUFFER", "5, CLOCK", "8, CPU", "148, SLEEPS", "171, TIMER",
        "87, QUEUE", "156, LOCAL_STORAGE", "194, KPTR", "202, DYNPTR", "3, MAP_ELEMENT"})
    void effectsSetHelpersApartThatAreMoreThanAFunctionOfTheirArguments(int id, Effect effect) {
        assertThat(Helpers.byId(id).orElseThrow().effects()).contains(effect);
    }
}
