package bpfmc.model.machine;

import bpfmc.model.kernel.Helper;
import bpfmc.model.kernel.Helpers;
import bpfmc.model.program.Reference;
import bpfmc.model.value.Symbol;
import bpfmc.model.value.Unfollowed;
import java.util.Optional;
import java.util.Set;

/**
 * Which results of functions nobody can choose. Most are what the kernel happens to find: any number, each time. Some are one number for a
 * whole run. Some are computed from what the program hands over: two calls with the same arguments agree, which no run follows.
 */
public final class Determined {
    /** Of helpers that compute from their arguments, from the packet, from the context, or from what another call has set (kernel/bpf/helpers.c, net/core/filter.c). */
    private static final Set<String> COMPUTED = Set.of("skb_get_tunnel_key", "skb_load_bytes", "csum_diff", "skb_get_tunnel_opt", "get_hash_recalc", "getsockopt",
            "skb_load_bytes_relative", "sysctl_get_name", "sysctl_get_current_value", "sysctl_get_new_value", "strtol", "strtoul", "csum_level", "load_hdr_opt",
            "snprintf_btf", "snprintf", "btf_find_by_name_kind", "kallsyms_lookup_name", "strncmp", "get_func_arg", "get_func_ret", "get_retval",
            "xdp_get_buff_len", "map_peek_elem", "xdp_load_bytes", "get_current_ancestor_cgroup_id", "skb_ancestor_cgroup_id");

    /** Of helpers that no effect says it of: the socket and its cgroup stay those of the packet. */
    private static final Set<String> CONSTANT = Set.of("get_socket_cookie", "skb_cgroup_id");

    /** Kernel functions that compute. */
    private static final Set<String> COMPUTING = Set.of("bpf_str", "bpf_cpumask_", "bpf_dynptr_", "bpf_cast_", "bpf_rdonly_cast");

    private Determined() {}

    /** {@return an unknown for what a function returns} @param function its whole name */
    public static Symbol result(Machine m, String function, int bytes) {
        Optional<Helper> helper = Helpers.byName(function.replaceFirst("^bpf_", ""));
        if (helper.filter(h -> h.effects().contains(Helper.Effect.CONSTANT) || CONSTANT.contains(h.name())).isPresent()) {
            return m.named(bytes, () -> new Symbol(Symbol.OWN, Symbol.Kind.CONSTANT_RESULT, helper.get().id(), 0, bytes));
        }
        return computed(function) ? m.unfollowed(bytes, Unfollowed.COMPUTED_BY_HELPER) : m.unknown(bytes);
    }

    /** {@return whether what the function returns, and leaves in memory, follows from what it is handed} */
    public static boolean computed(String function) {
        return function.startsWith("bpf_") && COMPUTED.contains(function.substring("bpf_".length())) || COMPUTING.stream().anyMatch(function::startsWith);
    }

    /** {@return where a function or variable of the kernel lies: the same for all runs} */
    public static Symbol address(RunConfig config, String name) {
        int index = config.object().programs().flatCollect(p -> p.references().toList()).collect(Determined::name).distinct().indexOf(name);
        return new Symbol(Symbol.INITIAL, Symbol.Kind.KERNEL_SYMBOL, index, 0, Long.BYTES);
    }

    private static String name(Reference reference) {
        return switch (reference) {
            case Reference.Kfunc k -> k.name();
            case Reference.KernelSymbol k -> k.name();
            case Reference.Map m -> "";
            case Reference.Data d -> "";
            case Reference.Function f -> "";
            case Reference.Kernel k -> "";
        };
    }
}
