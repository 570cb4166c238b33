package bpfmc.model.call;

import bpfmc.model.kernel.MapType;

/** How far runs follow a map of each type: what {@link MapElementCalls} and its kin make of it. */
public final class MapSupport {
    private MapSupport() {}

    /** What programs do with the elements of a map. */
    enum Elements {
        /** They are there from the start, by index; an update copies into one. */
        INDEXED,
        /** They come and go, by key; an update binds a new one. */
        KEYED,
        /** They are maps. */
        MAPS,
        /** They are programs, which tail calls go on with. */
        PROGRAMS,
        /** They are values that belong to objects of the kernel, and are found by those. */
        OF_OBJECTS,
        /** They are sockets of the kernel. */
        SOCKETS,
        /** They are values that user space gives, and that programs are taken to read only: a program that writes one ends its run. */
        READ,
        /** They are copied in and out, by the kernel alone. */
        COPIED,
        /** Programs have no address of one: they hand things in, or are told of what happens. */
        HIDDEN,
        /** No run follows them. */
        UNFOLLOWED
    }

    static Elements elements(MapType type) {
        return switch (type) {
            case ARRAY, PERCPU_ARRAY -> Elements.INDEXED;
            case HASH, PERCPU_HASH, LRU_HASH, LRU_PERCPU_HASH -> Elements.KEYED;
            case ARRAY_OF_MAPS, HASH_OF_MAPS -> Elements.MAPS;
            case PROG_ARRAY -> Elements.PROGRAMS;
            case TASK_STORAGE, SK_STORAGE, INODE_STORAGE, CGRP_STORAGE, CGROUP_STORAGE, PERCPU_CGROUP_STORAGE -> Elements.OF_OBJECTS;
            case XSKMAP, SOCKMAP, SOCKHASH -> Elements.SOCKETS;
            case LPM_TRIE, DEVMAP, DEVMAP_HASH -> Elements.READ;
            case QUEUE, STACK, BLOOM_FILTER -> Elements.COPIED;
            case PERF_EVENT_ARRAY, STACK_TRACE, CGROUP_ARRAY, CPUMAP, REUSEPORT_SOCKARRAY, RINGBUF, STRUCT_OPS -> Elements.HIDDEN;
            case UNSPEC, USER_RINGBUF, ARENA, INSN_ARRAY, RHASH -> Elements.UNFOLLOWED;
        };
    }

    /** {@return how far runs follow maps of this type} */
    public static Support of(MapType type) {
        return switch (elements(type)) {
            case INDEXED, KEYED -> new Support.Exact();
            case MAPS -> new Support.Approximated("exact where the object names the inner maps, else not modelled");
            case PROGRAMS -> new Support.Exact();
            case OF_OBJECTS -> new Support.Approximated("which object a value belongs to may not be known");
            case SOCKETS -> new Support.Approximated("a lookup finds any socket, or none");
            case READ -> new Support.Approximated("a lookup finds any value, or none; a program that writes a value, or updates the map, is not followed");
            case COPIED -> new Support.Approximated("what is in it is not followed: it gives back any value, or none");
            case HIDDEN -> new Support.Approximated("what the kernel keeps in it is not followed: calls that use it return any result");
            case UNFOLLOWED -> new Support.NotModelled("no call on it is followed");
        };
    }
}
