package bpfmc.model.kernel;

import static bpfmc.model.kernel.Helper.Argument.ANY;
import static bpfmc.model.kernel.Helper.Argument.IN20;
import static bpfmc.model.kernel.Helper.Argument.IN;
import static bpfmc.model.kernel.Helper.Argument.INOUT4;
import static bpfmc.model.kernel.Helper.Argument.OUT8;
import static bpfmc.model.kernel.Helper.Argument.SIZE;
import static org.assertj.core.api.Assertions.assertThat;

import bpfmc.model.kernel.Helper.Argument;
import bpfmc.model.kernel.Helper.Effect;
import bpfmc.model.kernel.Helper.Result;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.eclipse.collections.api.block.predicate.Predicate;
import org.eclipse.collections.api.list.ImmutableList;
import org.junit.jupiter.api.Test;

/** The table of helpers against the kernel's header: which arguments are numbers, and which may be written through. */
class HelperHeaderTest {

    /** A prototype of the kernel's header, as the table beside this test writes it. */
    private record Prototype(int id, String name, char result, String arguments) {
        static Prototype parse(String line) {
            String[] words = line.split(" ");
            return new Prototype(Integer.parseInt(words[0]), words[1], words[2].charAt(0),
                    words[3].equals("-") ? "" : words[3]);
        }
    }

    private static List<Prototype> prototypes() throws IOException {
        try (var in = new BufferedReader(new InputStreamReader(
                HelperHeaderTest.class.getResourceAsStream("helper-prototypes.txt"), StandardCharsets.UTF_8))) {
            return in.lines().filter(line -> !line.startsWith("#")).map(Prototype::parse).toList();
        }
    }

    private static Helper helper(String name) {
        return Helpers.byName(name).orElseThrow();
    }

    @Test
    void everyHelperOfTheKernelsHeaderIsThere() throws IOException {
        List<Prototype> prototypes = prototypes();
        assertThat(prototypes).hasSize(211).hasSameSizeAs(Helpers.all().castToList());
        for (Prototype p : prototypes) {
            assertThat(Helpers.byId(p.id())).map(Helper::name).contains(p.name());
            assertThat(Helpers.byName(p.name())).map(Helper::id).contains(p.id());
        }
        assertThat(Helpers.byId(0)).isEmpty();
        assertThat(Helpers.byId(212)).isEmpty();
        assertThat(Helpers.byId(-1)).isEmpty();
        assertThat(Helpers.byName("bpf_map_lookup_elem")).isEmpty();
    }

    @Test
    void resultsAndArgumentsFitTheKernelsHeader() throws IOException {
        for (Prototype p : prototypes()) {
            Helper h = helper(p.name());
            switch (p.result()) {
                case 'v' -> assertThat(h.result()).as(p.name()).isEqualTo(Result.VOID);
                case 'w' -> assertThat(h.result()).as(p.name()).isEqualTo(Result.U32);
                case 'n' -> assertThat(h.result()).as(p.name()).isEqualTo(Result.S32);
                case 'p' -> assertThat(h.result()).as(p.name()).isIn(Result.POINTER, Result.POINTER_OR_NULL);
                default -> assertThat(h.result()).as(p.name()).isIn(Result.U64, Result.POINTER, Result.POINTER_OR_NULL);
            }
            String fixed = p.arguments().replace(".", "");
            assertThat(h.arguments().size()).as(p.name()).isEqualTo(fixed.length()).isLessThanOrEqualTo(5);
            for (int i = 0; i < fixed.length(); i++) {
                boolean number = h.arguments().get(i) == ANY || h.arguments().get(i) == SIZE;
                assertThat(number).as(p.name() + " argument " + (i + 1)).isEqualTo(fixed.charAt(i) == 'i');
            }
        }
    }

    /** The header lacks a "const" for these; their bpf_func_proto or their body shows that they only read. */
    @Test
    void helpersThatOnlyReadThroughPlainPointersAreExactlyThese() throws IOException {
        assertThat(prototypes().stream().filter(HelperHeaderTest::readsThroughPlainPointer).map(Prototype::name))
                .containsExactlyInAnyOrder(
                        "skb_set_tunnel_key", "skb_set_tunnel_opt", "perf_event_output", "skb_output", "xdp_output",
                        "ringbuf_output", "csum_diff", "setsockopt", "bind", "sock_map_update", "sock_hash_update",
                        "msg_redirect_hash", "sk_redirect_hash", "sk_select_reuseport", "lwt_push_encap",
                        "lwt_seg6_action", "sk_lookup_tcp", "sk_lookup_udp", "skc_lookup_tcp", "tcp_check_syncookie",
                        "tcp_gen_syncookie", "tcp_raw_gen_syncookie_ipv4", "tcp_raw_gen_syncookie_ipv6",
                        "tcp_raw_check_syncookie_ipv4", "tcp_raw_check_syncookie_ipv6", "sk_storage_get",
                        "inode_storage_get", "task_storage_get", "cgrp_storage_get", "snprintf_btf", "seq_printf_btf",
                        "redirect_neigh", "snprintf", "btf_find_by_name_kind", "xdp_store_bytes", "dynptr_write");
    }

    private static boolean readsThroughPlainPointer(Prototype p) {
        ImmutableList<Argument> arguments = helper(p.name()).arguments();
        return arguments.zipWithIndex().anySatisfy(a -> a.getOne().reads() && !a.getOne().writes()
                && p.arguments().charAt(a.getTwo()) == 'p');
    }

    @Test
    void nothingIsWrittenThroughPointersToConst() throws IOException {
        for (Prototype p : prototypes()) {
            ImmutableList<Argument> arguments = helper(p.name()).arguments();
            for (int i = 0; i < arguments.size(); i++) {
                assertThat(arguments.get(i).writes() && p.arguments().charAt(i) == 'c')
                        .as(p.name() + " argument " + (i + 1)).isFalse();
            }
        }
    }

    @Test
    void helpersThatChangeThePacketAreTheKernelsAndTwoThatWriteInPlace() {
        assertThat(withEffect(Effect.CHANGES_PACKET)).containsExactlyInAnyOrder(
                "clone_redirect", "l3_csum_replace", "l4_csum_replace", "lwt_push_encap", "lwt_seg6_action",
                "lwt_seg6_adjust_srh", "lwt_seg6_store_bytes", "msg_pop_data", "msg_pull_data", "msg_push_data",
                "skb_adjust_room", "skb_change_head", "skb_change_proto", "skb_change_tail", "skb_pull_data",
                "skb_store_bytes", "skb_vlan_pop", "skb_vlan_push", "store_hdr_opt", "xdp_adjust_head",
                "xdp_adjust_meta", "xdp_adjust_tail", "tail_call", "skb_ecn_set_ce", "xdp_store_bytes");
    }

    @Test
    void effectsThatDecideWhatIsModelledAreOnTheirHelpers() {
        assertThat(withEffect(Effect.CALLS_BACK)).containsExactlyInAnyOrder(
                "for_each_map_elem", "timer_set_callback", "find_vma", "loop", "user_ringbuf_drain");
        assertThat(names(h -> h.arguments().contains(Argument.CALLBACK)))
                .containsExactlyInAnyOrderElementsOf(withEffect(Effect.CALLS_BACK));
        assertThat(withEffect(Effect.CLOCK)).containsExactlyInAnyOrder(
                "ktime_get_ns", "ktime_get_boot_ns", "ktime_get_coarse_ns", "ktime_get_tai_ns", "jiffies64");
        assertThat(withEffect(Effect.LOCK)).containsExactly("spin_lock", "spin_unlock");
        assertThat(withEffect(Effect.TAIL_CALL)).containsExactly("tail_call");
        assertThat(withEffect(Effect.SLEEPS)).contains("copy_from_user", "copy_from_user_task", "ima_inode_hash",
                "ima_file_hash");
        assertThat(withEffect(Effect.MAP_ELEMENT)).containsExactlyInAnyOrder(
                "map_lookup_elem", "map_update_elem", "map_delete_elem", "map_lookup_percpu_elem");
        assertThat(withEffect(Effect.CHANGES_CONTEXT)).contains("skb_change_tail", "set_hash", "skb_vlan_push",
                "sock_ops_cb_flags_set")
                .doesNotContain("skb_load_bytes", "xdp_adjust_head", "map_update_elem");
        assertThat(withEffect(Effect.CONSTANT)).contains("get_current_pid_tgid", "get_numa_node_id")
                .doesNotContain("ktime_get_ns", "get_prandom_u32", "get_current_comm", "get_current_cgroup_id");
    }

    private static List<String> withEffect(Effect effect) {
        return names(h -> h.effects().contains(effect));
    }

    private static List<String> names(Predicate<Helper> kind) {
        return Helpers.all().select(kind).collect(Helper::name).castToList();
    }

    @Test
    void sizesAreThoseOfTheStructures() {
        assertThat(INOUT4.fixedSize()).hasValue(4);
        assertThat(OUT8.fixedSize()).hasValue(8);
        assertThat(IN20.fixedSize()).hasValue(20);
        assertThat(Argument.IN40.fixedSize()).hasValue(40);
        assertThat(IN.fixedSize()).isEmpty();
    }
}
