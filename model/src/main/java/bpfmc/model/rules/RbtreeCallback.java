package bpfmc.model.rules;

import bpfmc.model.machine.VerifierState.LockClass;
import bpfmc.model.verifier.VerifierPoint;
import java.util.Optional;

/** The function that orders a tree runs under the tree's lock and leaves it, and the tree, alone. */
final class RbtreeCallback implements LockRule.OfRun {
    @Override
    public String id() {
        return "rbtree-callback";
    }

    @Override
    public Optional<Breach> judge(VerifierPoint m, Kernel kernel) {
        if (!m.inTreeOrder()) {
            return Optional.empty();
        }
        if (Locks.call(m).isPresent()) {
            Locks.Call call = Locks.call(m).get();
            return Optional.of(Breach.because("a lock is taken or released in the function that orders a tree")
                    .saying(call.kind() == LockClass.PLAIN ? "" : "res"));
        }
        return switch (m.kfunc()) {
            case "bpf_rbtree_remove" -> Optional.of(Breach.because("a node is removed in the function that orders the tree").saying("remove"));
            case "bpf_rcu_read_lock", "bpf_rcu_read_unlock" ->
                    Optional.of(Breach.because("the function that orders a tree runs in an RCU section as it is").saying("rcu"));
            default -> Optional.empty();
        };
    }
}
