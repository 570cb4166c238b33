package bpfmc.model.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import bpfmc.model.kernel.ContextFields.Role;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Numbers of the kernel's interface (include/uapi/linux/bpf.h) that enums here stand for by their order. */
class NumbersTest {
    @ParameterizedTest
    @CsvSource({"1, HASH", "2, ARRAY", "3, PROG_ARRAY", "6, PERCPU_ARRAY", "9, LRU_HASH", "11, LPM_TRIE", "12, ARRAY_OF_MAPS",
        "19, CGROUP_STORAGE", "22, QUEUE", "24, SK_STORAGE", "26, STRUCT_OPS", "27, RINGBUF", "29, TASK_STORAGE",
        "31, USER_RINGBUF", "32, CGRP_STORAGE", "33, ARENA", "34, INSN_ARRAY"})
    void mapTypes(int number, MapType type) {
        assertThat(MapType.of(number)).contains(type);
    }

    @Test
    void unknownMapTypes() {
        assertThat(MapType.of(-1)).isEmpty();
        assertThat(MapType.of(MapType.values().length)).isEmpty();
        assertThat(MapType.of((1L << 32) + 1)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"1, SOCKET_FILTER", "2, KPROBE", "3, SCHED_CLS", "5, TRACEPOINT", "6, XDP", "7, PERF_EVENT", "8, CGROUP_SKB",
        "13, SOCK_OPS", "17, RAW_TRACEPOINT", "24, RAW_TRACEPOINT_WRITABLE", "26, TRACING", "27, STRUCT_OPS", "28, EXT",
        "29, LSM", "30, SK_LOOKUP", "31, SYSCALL", "32, NETFILTER"})
    void programTypes(int number, ProgramType type) {
        assertThat(type.ordinal()).isEqualTo(number);
    }

    @ParameterizedTest
    @CsvSource({"SCHED_CLS, 76, 4, PACKET_START", "SCHED_CLS, 80, 4, PACKET_END", "SCHED_CLS, 140, 4, PACKET_METADATA",
        "SCHED_CLS, 0, 4, NUMBER", "SCHED_CLS, 76, 1, NUMBER", "XDP, 0, 4, PACKET_START", "XDP, 4, 4, PACKET_END",
        "XDP, 8, 4, PACKET_METADATA", "XDP, 12, 4, NUMBER", "SK_MSG, 0, 8, PACKET_START", "SK_MSG, 8, 8, PACKET_END",
        "CGROUP_SOCKOPT, 8, 8, PACKET_START", "CGROUP_SOCKOPT, 16, 8, PACKET_END", "KPROBE, 0, 8, NUMBER"})
    void contextFieldsThatHoldPacketAddresses(ProgramType type, int offset, int size, Role role) {
        assertThat(ContextFields.at(type, offset, size)).isEqualTo(role);
    }
}
