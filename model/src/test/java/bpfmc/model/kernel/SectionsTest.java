package bpfmc.model.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SectionsTest {
    /** Name, type, attach type, target, sleepable. */
    @ParameterizedTest
    @CsvSource({
        "socket, SOCKET_FILTER, '', '', false",
        "sk_reuseport, SK_REUSEPORT, sk_reuseport_select, '', false",
        "sk_reuseport/migrate, SK_REUSEPORT, sk_reuseport_select_or_migrate, '', false",
        "kprobe, KPROBE, '', '', false",
        "kprobe/do_unlinkat, KPROBE, '', do_unlinkat, false",
        "kretprobe/do_unlinkat, KPROBE, '', do_unlinkat, false",
        "uprobe.s//bin/sh:main, KPROBE, '', /bin/sh:main, true",
        "kprobe.multi/vfs_*, KPROBE, trace_kprobe_multi, vfs_*, false",
        "kprobe.session/x, KPROBE, trace_kprobe_session, x, false",
        "uprobe.multi.s/x, KPROBE, trace_uprobe_multi, x, true",
        "ksyscall/read, KPROBE, '', read, false",
        "usdt, KPROBE, '', '', false",
        "tc, SCHED_CLS, '', '', false",
        "classifier, SCHED_CLS, '', '', false",
        "action, SCHED_ACT, '', '', false",
        "tc/ingress, SCHED_CLS, tcx_ingress, '', false",
        "tcx/egress, SCHED_CLS, tcx_egress, '', false",
        "netkit/peer, SCHED_CLS, netkit_peer, '', false",
        "tp/syscalls/sys_enter_read, TRACEPOINT, '', syscalls/sys_enter_read, false",
        "tracepoint/sched/sched_switch, TRACEPOINT, '', sched/sched_switch, false",
        "raw_tp/sys_enter, RAW_TRACEPOINT, '', sys_enter, false",
        "raw_tp.w/x, RAW_TRACEPOINT_WRITABLE, '', x, false",
        "tp_btf/task_newtask, TRACING, trace_raw_tp, task_newtask, false",
        "fentry/tcp_connect, TRACING, trace_fentry, tcp_connect, false",
        "fentry.s/tcp_connect, TRACING, trace_fentry, tcp_connect, true",
        "fexit/x, TRACING, trace_fexit, x, false",
        "fmod_ret.s/x, TRACING, modify_return, x, true",
        "freplace/x, EXT, '', x, false",
        "lsm/file_open, LSM, lsm_mac, file_open, false",
        "lsm.s/file_open, LSM, lsm_mac, file_open, true",
        "lsm_cgroup/socket_bind, LSM, lsm_cgroup, socket_bind, false",
        "iter/task, TRACING, trace_iter, task, false",
        "iter.s/task, TRACING, trace_iter, task, true",
        "syscall, SYSCALL, '', '', true",
        "xdp, XDP, xdp, '', false",
        "xdp.frags, XDP, xdp, '', false",
        "xdp/devmap, XDP, xdp_devmap, '', false",
        "xdp.frags/cpumap, XDP, xdp_cpumap, '', false",
        "perf_event, PERF_EVENT, '', '', false",
        "lwt_xmit, LWT_XMIT, '', '', false",
        "sockops, SOCK_OPS, cgroup_sock_ops, '', false",
        "sk_skb/stream_verdict, SK_SKB, sk_skb_stream_verdict, '', false",
        "sk_msg, SK_MSG, sk_msg_verdict, '', false",
        "cgroup_skb/egress, CGROUP_SKB, cgroup_inet_egress, '', false",
        "cgroup/skb, CGROUP_SKB, '', '', false",
        "cgroup/connect4, CGROUP_SOCK_ADDR, cgroup_inet4_connect, '', false",
        "cgroup/setsockopt, CGROUP_SOCKOPT, cgroup_setsockopt, '', false",
        "struct_ops/cong_avoid, STRUCT_OPS, '', cong_avoid, false",
        "struct_ops.s/init, STRUCT_OPS, '', init, true",
        "netfilter, NETFILTER, netfilter, '', false"})
    void saysWhatLibbpfWouldLoad(String name, ProgramType type, String attach, String target, boolean sleepable) {
        assertThat(Sections.parse(name)).isEqualTo(new Section(name, type, attach, target, sleepable, true));
    }

    /** No rule but those marked "+" takes a target; a name may not go on after its prefix without a slash. */
    @ParameterizedTest
    @ValueSource(strings = {"", "?", "foo", "tcp", "xdpx", "xdp/eth0", "tc/other", "kprobes/x", "fentryx", "syscall/x", "TC", " tc",
        ".text", "license", "cgroup", "cgroup/", "/", "maps"})
    void namesThatLibbpfDoesNotKnowHaveNoType(String name) {
        assertThat(Sections.parse(name).type()).isEqualTo(ProgramType.UNSPEC);
    }

    @Test
    void aQuestionMarkMeansNotToLoadByDefault() {
        assertThat(Sections.parse("?tc")).isEqualTo(new Section("tc", ProgramType.SCHED_CLS, "", "", false, false));
        assertThat(Sections.parse("?kprobe/x")).isEqualTo(new Section("kprobe/x", ProgramType.KPROBE, "", "x", false, false));
        assertThat(Sections.parse("??tc").type()).isEqualTo(ProgramType.UNSPEC);
    }

    @Test
    void aTrailingSlashIsAnEmptyTarget() {
        assertThat(Sections.parse("kprobe/").target()).isEmpty();
        assertThat(Sections.parse("kprobe/").type()).isEqualTo(ProgramType.KPROBE);
    }
}
