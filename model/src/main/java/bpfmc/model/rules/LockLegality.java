package bpfmc.model.rules;

import bpfmc.model.kernel.KernelVersion;
import bpfmc.model.kernel.MapType;
import bpfmc.model.kernel.ProgramType;
import bpfmc.model.kernel.Section;

/** Where the newest kernel lets programs use bpf_spin_lock at all, for advice that can be followed; from the rules' pages. */
public final class LockLegality {
    private LockLegality() {}

    /**
     * {@return whether programs of this section, sleepable or not, may refer to a map whose values hold a bpf_spin_lock} An
     * unknown type may not: nothing is known to accept it.
     */
    public static boolean spinLockAllowed(Section section) {
        return section.type() != ProgramType.UNSPEC && section.type() != ProgramType.SOCKET_FILTER
                && !LockRules.pageOf(new TracingProgram()).concerns(section.type().name(), KernelVersion.NEWEST);
    }

    /** {@return whether values of this map type may hold a lock} */
    public static boolean lockAllowedIn(MapType type) {
        return LockRules.pageOf(new LockMapType()).allows(type.name(), KernelVersion.NEWEST);
    }
}
